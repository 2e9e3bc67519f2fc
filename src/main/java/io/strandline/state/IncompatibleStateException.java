package io.strandline.state;

import io.strandline.snapshot.StateSchema;

/** A restored state cannot be read with the schema the pipeline declares now. */
public final class IncompatibleStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Shows both schemas. */
    public IncompatibleStateException(String operator, StateSchema restored, StateSchema declared) {
        super("state %s.%s was stored as %s and cannot be read as %s"
                .formatted(operator, declared.name(), restored.describe(), declared.describe()));
    }
}
