package io.strandline.security.door;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator at start-up why the server does not listen there and what to do. */
class UnsafeBindAnalyzer extends AbstractFailureAnalyzer<UnsafeBindException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeBindException cause) {
        return new FailureAnalysis(
                "The server was told to listen on " + cause.address()
                        + ", but nobody has to authenticate: whoever reaches the port could delete everything.",
                "Leave server.address at 127.0.0.1, let callers say who they are with"
                        + " strandline.security.authentication=API_KEY, or set strandline.security.allow-unauthenticated=true"
                        + " if only trusted clients reach the port.",
                cause);
    }
}
