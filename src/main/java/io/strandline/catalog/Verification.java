package io.strandline.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the newest verification of a version found.
 *
 * @param level how deep it looked, null before the first
 * @param at when, null before the first
 * @param outcome what it found
 */
public record Verification(@Nullable Level level, @Nullable Instant at, Outcome outcome) {

    /** Before anybody looked. */
    public static final Verification NONE = new Verification(null, null, Outcome.UNVERIFIED);

    /** How deep a verification looks. */
    public enum Level {
        /** Catalog rows agree with the manifest. */
        CATALOG,
        /** Manifest digest, and every file there with its size. */
        PRESENCE,
        /** Every file's SHA-256. */
        CHECKSUMS,
        /** Every entry decoded, {@code stateDigest} computed. */
        CONTENT,
        /** Restored for trial: what came of it has the same {@code stateDigest}. */
        REHEARSAL
    }

    /** What a verification found. */
    public enum Outcome {
        UNVERIFIED,
        INTACT,
        DAMAGED
    }
}
