package io.strandline.engine.connector;

import java.io.IOException;

/** Rows that a writer had taken can no longer be made durable: the instance has to go back to its last version. */
public final class OutputLostException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says whose rows, and why. */
    public OutputLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
