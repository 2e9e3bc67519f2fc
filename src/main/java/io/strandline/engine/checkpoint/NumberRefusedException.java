package io.strandline.engine.checkpoint;

import java.io.IOException;

/** No attempt can begin, because its number cannot be journaled. */
public final class NumberRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient FailureCause failure;

    public NumberRefusedException(FailureCause failure) {
        super(failure.detail());
        this.failure = failure;
    }

    /** Why. */
    public FailureCause failure() {
        return failure;
    }
}
