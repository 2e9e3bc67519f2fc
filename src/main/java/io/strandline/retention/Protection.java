package io.strandline.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why no policy may expire a version.
 *
 * @param kind what protects it
 * @param id the name or id of what protects it
 * @param reason what it is for
 * @param placedBy who put it there, null when nobody in particular
 * @param until when it ends by itself, null if it does not
 */
public record Protection(
        Kind kind,
        String id,
        String reason,
        @Nullable String placedBy,
        @Nullable Instant until) {

    /** Whether it still counts at a time. */
    public boolean countsAt(Instant time) {
        return until == null || until.isAfter(time);
    }

    /** What can protect a version. */
    public enum Kind {
        /** It is a branch's head. */
        HEAD,
        /** A tag names it. */
        TAG,
        /** A hold lies on it. */
        HOLD,
        /** A running instance was restored from it or completed it last. */
        INSTANCE,
        /** The policy's floor needs it. */
        FLOOR
    }
}
