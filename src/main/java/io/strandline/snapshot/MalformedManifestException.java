package io.strandline.snapshot;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A manifest's bytes are not a manifest of this format, or of a version this software does not know. */
public final class MalformedManifestException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says where it is wrong and how. */
    public MalformedManifestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
