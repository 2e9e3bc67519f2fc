package io.strandline.engine.checkpoint;

import io.strandline.engine.checkpoint.AttemptReport.Phase;
import io.strandline.engine.checkpoint.AttemptReport.State;
import io.strandline.snapshot.SnapshotMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attempt under way. */
final class Attempt {

    private final long ordinal;
    private final Request request;
    private final SnapshotMode mode;
    private final Moment started;
    private final Map<Phase, Long> phaseNanos = new EnumMap<>(Phase.class);
    private final Map<Integer, SubtaskSnapshot> acknowledged = new TreeMap<>();
    private Phase phase = Phase.BEGIN;
    private long phaseSince;
    private long number;
    private long newBytes;
    private long totalBytes;

    Attempt(long ordinal, Request request, SnapshotMode mode, Moment started) {
        this.ordinal = ordinal;
        this.request = request;
        this.mode = mode;
        this.started = started;
        this.phaseSince = started.nanos();
    }

    long ordinal() {
        return ordinal;
    }

    Request request() {
        return request;
    }

    SnapshotMode mode() {
        return mode;
    }

    Moment started() {
        return started;
    }

    Phase phase() {
        return phase;
    }

    long number() {
        return number;
    }

    void number(long reserved) {
        number = reserved;
    }

    boolean is(long ofNumber, Phase inPhase) {
        return number == ofNumber && phase == inPhase;
    }

    void enter(Phase next, Moment now) {
        leave(now);
        phase = next;
    }

    void leave(Moment now) {
        phaseNanos.put(phase, now.nanos() - phaseSince);
        phaseSince = now.nanos();
    }

    /** Notes a subtask's part; the first one counts. */
    void acknowledge(int subtask, SubtaskSnapshot snapshot) {
        acknowledged.putIfAbsent(subtask, snapshot);
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    List<SubtaskSnapshot> snapshots() {
        return new ArrayList<>(acknowledged.values());
    }

    void bytes(long ofNewFiles, long ofAllFiles) {
        newBytes = ofNewFiles;
        totalBytes = ofAllFiles;
    }

    AttemptReport report(State state, Moment now, @Nullable FailureCause failure) {
        CheckpointRequest asked = request.asked();
        return new AttemptReport(
                number,
                asked.requestId(),
                asked.kind(),
                mode,
                state,
                started.instant(),
                state == State.RUNNING ? null : now.instant(),
                phaseNanos,
                acknowledged.values().stream().map(SubtaskSnapshot::statistics).toList(),
                newBytes,
                totalBytes,
                failure,
                failure == null ? null : phase);
    }
}
