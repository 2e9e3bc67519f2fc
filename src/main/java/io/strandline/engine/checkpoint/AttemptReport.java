package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, failed ones included.
 *
 * @param number its number
 * @param requestId who asked, empty for one the engine asked for itself
 * @param kind why it was taken
 * @param mode how it writes
 * @param state where it stands
 * @param startedAt when it was triggered
 * @param endedAt when it ended, null while it runs
 * @param phaseNanos how long each phase took that is over
 * @param subtasks of those that acknowledged
 * @param newBytes bytes of files that its version is the first to name; 0 before the cut
 * @param totalBytes bytes of all files that its version names; 0 before the cut
 * @param failure why it failed, null if it did not
 * @param failedPhase the phase it failed in, null if it did not
 */
public record AttemptReport(
        long number,
        String requestId,
        SnapshotKind kind,
        SnapshotMode mode,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        Map<Phase, Long> phaseNanos,
        List<SubtaskStatistics> subtasks,
        long newBytes,
        long totalBytes,
        @Nullable FailureCause failure,
        @Nullable Phase failedPhase) {

    public AttemptReport {
        phaseNanos = Collections.unmodifiableMap(new LinkedHashMap<>(phaseNanos));
        subtasks = List.copyOf(subtasks);
    }

    /** Where an attempt stands. */
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        /** Given up because its instance ended. */
        ABORTED
    }

    /** The phases of an attempt, in order. */
    public enum Phase {
        /** Reserving a number and opening the staging area. */
        BEGIN,
        /** Barriers travel, subtasks freeze and flush. */
        FLUSH,
        /** Files are published and listed. */
        CUT,
        /** The ledger makes it a version. */
        COMMIT
    }
}
