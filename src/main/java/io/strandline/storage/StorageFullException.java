package io.strandline.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The disk is full, a quota is used up, or a size-capped store has reached its cap. Nothing was made visible. */
public final class StorageFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says what did not fit. */
    public StorageFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
