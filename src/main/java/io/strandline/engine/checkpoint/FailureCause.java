package io.strandline.engine.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * Why an instance or an attempt failed.
 *
 * @param kind what sort of thing happened
 * @param detail one sentence with the values
 * @param operator the operator concerned, if one
 * @param subtask the subtask concerned, if one
 * @param cause what was thrown, if anything was
 */
public record FailureCause(
        Kind kind,
        String detail,
        @Nullable String operator,
        @Nullable Integer subtask,
        @Nullable Throwable cause) {

    /** A cause that concerns no operator in particular. */
    public static FailureCause of(Kind kind, String detail, @Nullable Throwable cause) {
        return new FailureCause(kind, detail, null, null, cause);
    }

    /** What sort of thing happened. */
    public enum Kind {
        /** An operator or connector threw. */
        OPERATOR_FAILED,
        /** A source met a record that cannot be read. */
        POISON_RECORD,
        /** Restored state does not fit the declared schema. */
        INCOMPATIBLE_STATE,
        /** The instance could not be opened. */
        START_FAILED,
        /** An attempt took too long. */
        CHECKPOINT_TIMEOUT,
        /** A file of an attempt could not be written. */
        WRITE_FAILED,
        /** There is no room left for snapshots; never counts towards tolerable failures. */
        STORAGE_FULL,
        /** Nothing can be journaled for now; never counts towards tolerable failures. */
        READ_ONLY,
        /** The ledger refused the version: another instance or head has taken over. */
        FENCED,
        /** The ledger refused the version for another reason. */
        COMMIT_REFUSED,
        /** Nobody can tell whether the version was committed. */
        COMMIT_UNKNOWN,
        /** More requests failed in a row than are tolerable. */
        TOO_MANY_FAILED_CHECKPOINTS,
        /** The engine itself broke. */
        ENGINE_FAILED,
        /** The instance ended while the attempt was under way. */
        INSTANCE_ENDED
    }

    /** Whether it says nothing against the job: it is expected to end without anybody touching the job. */
    public boolean harmless() {
        return kind == Kind.STORAGE_FULL || kind == Kind.READ_ONLY;
    }
}
