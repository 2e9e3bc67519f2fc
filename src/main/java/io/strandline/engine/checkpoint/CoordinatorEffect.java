package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotMode;
import java.time.Instant;
import java.util.List;

/** What the coordinator wants done. Whoever does it keeps the order of {@link Begin}, {@link Cut}, {@link Commit} and {@link Abort}. */
public sealed interface CoordinatorEffect {

    /** Reserve a number and open the staging area; answered by Begun or BeginFailed. */
    record Begin(long ordinal, SnapshotMode mode) implements CoordinatorEffect {}

    /** Send barriers out from every source. */
    record SendBarriers(long number, boolean pauseSources) implements CoordinatorEffect {}

    /** Publish and list the files; answered by Cut or CutFailed. */
    record Cut(long number) implements CoordinatorEffect {}

    /** Hand the version to the ledger, tell the state if it is one; answered by CommitEnded. */
    record Commit(
            long number,
            SnapshotMode mode,
            CheckpointRequest request,
            Instant startedAt,
            List<SubtaskSnapshot> subtasks)
            implements CoordinatorEffect {

        public Commit {
            subtasks = List.copyOf(subtasks);
        }
    }

    /** Tell subtasks and state that an attempt is over without a version. */
    record Abort(long number) implements CoordinatorEffect {}

    /** Let sinks make visible what they staged up to a number; answered by SinksCommitted or SinkCommitFailed. */
    record CommitSinks(long number) implements CoordinatorEffect {}

    /** Let paused sources read on. */
    record ResumeSources() implements CoordinatorEffect {}

    /** Tell who asked. */
    record Answer(CheckpointRequest request, CheckpointOutcome outcome) implements CoordinatorEffect {}

    /** Tell how an attempt stands. */
    record Report(AttemptReport report) implements CoordinatorEffect {}

    /** Fail the instance. */
    record Fail(FailureCause cause) implements CoordinatorEffect {}

    /**
     * End the instance: its FINAL version and its output are complete.
     *
     * @param finished whether its input had ended
     */
    record End(boolean finished) implements CoordinatorEffect {}
}
