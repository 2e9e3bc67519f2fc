package io.strandline.runner;

import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One checkpoint attempt, failures included.
 *
 * @param number its number
 * @param requestId who asked, empty for a periodic one
 * @param kind why it was taken
 * @param mode how it writes
 * @param state where it stands
 * @param startedAt when it was triggered
 * @param endedAt when it ended, null while it runs
 * @param phaseMillis how long each phase took, in their order: {@code begin}, {@code flush}, {@code cut}, {@code commit}
 * @param subtasks per-subtask figures
 * @param newBytes bytes written for it
 * @param totalBytes bytes its version names
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
        Map<String, Double> phaseMillis,
        List<SubtaskReport> subtasks,
        long newBytes,
        long totalBytes,
        @Nullable FailureCause failure,
        @Nullable String failedPhase) {

    public AttemptReport {
        phaseMillis = Collections.unmodifiableMap(new LinkedHashMap<>(phaseMillis));
        subtasks = List.copyOf(subtasks);
    }

    /** The same attempt, given up. */
    public AttemptReport aborted(Instant at) {
        return new AttemptReport(
                number,
                requestId,
                kind,
                mode,
                State.ABORTED,
                startedAt,
                at,
                phaseMillis,
                subtasks,
                newBytes,
                totalBytes,
                failure,
                failedPhase);
    }

    /** Where an attempt stands. */
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        ABORTED
    }

    /**
     * One subtask's share of an attempt.
     *
     * @param processedInFlightBytes about how many bytes of rows were worked on while it waited for barriers
     * @param persistedInFlightBytes bytes of rows that the barrier overtook, which are in the snapshot
     */
    public record SubtaskReport(
            String operator,
            int subtask,
            double startDelayMillis,
            double alignmentMillis,
            double freezeMillis,
            double asyncMillis,
            long processedInFlightBytes,
            long persistedInFlightBytes,
            long dirtyEntries,
            long newBytes,
            long totalBytes) {}
}
