package io.strandline.security.door;

import io.strandline.problem.Problem;
import org.springframework.security.authorization.AuthorizationResult;

/** A no, with what the caller is told. */
record Refused(Problem problem) implements AuthorizationResult {

    @Override
    public boolean isGranted() {
        return false;
    }
}
