package io.strandline.snapshot.signing;

import org.jspecify.annotations.Nullable;

/** A key that the settings name cannot be used; the server does not start with it. */
public final class UnusableKeyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
