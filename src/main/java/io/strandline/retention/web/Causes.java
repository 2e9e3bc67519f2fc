package io.strandline.retention.web;

import io.strandline.catalog.Cause;
import io.strandline.web.Caller;
import org.jspecify.annotations.Nullable;

/** Says who asked, for the audit. */
final class Causes {

    private Causes() {}

    static Cause of(Caller caller, @Nullable String reason) {
        return new Cause(caller.actor(), caller.requestId(), null, reason);
    }
}
