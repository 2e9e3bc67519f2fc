package io.strandline.retention.gc;

import io.strandline.storage.Digest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The witnesses do not agree or cannot be heard; nothing may be deleted. */
final class WitnessException extends IOException {

    private static final long serialVersionUID = 1L;

    private final HashSet<Digest> named;

    private WitnessException(String detail, Set<Digest> named, @Nullable Throwable cause) {
        super(detail, cause);
        this.named = new HashSet<>(named);
    }

    /** A witness names files that are condemned. */
    static WitnessException named(String detail, Set<Digest> named) {
        return new WitnessException(detail, named, null);
    }

    /** A witness cannot be heard. */
    static WitnessException unheard(String detail, @Nullable Throwable cause) {
        return new WitnessException(detail, Set.of(), cause);
    }

    /** Condemned files a witness names: they have to come back. */
    Set<Digest> named() {
        return Set.copyOf(named);
    }
}
