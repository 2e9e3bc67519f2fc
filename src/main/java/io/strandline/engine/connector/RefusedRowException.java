package io.strandline.engine.connector;

import java.io.IOException;

/**
 * A row of a version that the place it goes to will never take, however often it is tried: the instance fails rather than let
 * everything behind the row wait for ever. The message names the place, the row and the cause.
 */
public final class RefusedRowException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says which row, where, and why. */
    public RefusedRowException(String message, Throwable cause) {
        super(message, cause);
    }
}
