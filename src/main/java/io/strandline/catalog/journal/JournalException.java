package io.strandline.catalog.journal;

import io.strandline.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/** An entry is not, or not certainly, in the journal. */
public final class JournalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    JournalException(Outcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** What is known of the entry. */
    public Outcome outcome() {
        return outcome;
    }

    /** What is known of an entry that was not acknowledged. */
    public enum Outcome {
        /** The disk is full; the entry does not count and the journal goes on. */
        FULL,
        /** It could not be written; the entry does not count and the journal goes on. */
        NOT_WRITTEN,
        /** The journal takes nothing any more; the entry was not tried. */
        READ_ONLY,
        /** It was written but its fsync failed: only the next start can tell. The journal takes nothing any more. */
        UNKNOWN
    }

    /** The problem that a client is told of. */
    public ErrorCode code() {
        return switch (outcome) {
            case FULL -> ErrorCode.STORAGE_FULL;
            case NOT_WRITTEN -> ErrorCode.STORAGE_UNAVAILABLE;
            case READ_ONLY, UNKNOWN -> ErrorCode.READ_ONLY;
        };
    }
}
