package io.strandline.engine.checkpoint;

/** What the coordinator is told. */
public sealed interface CoordinatorEvent {

    /** Every subtask is open. */
    record Started() implements CoordinatorEvent {}

    /** Time has passed. */
    record Tick() implements CoordinatorEvent {}

    /** Somebody wants a snapshot. */
    record Requested(CheckpointRequest request) implements CoordinatorEvent {}

    /** Every source has ended and all rows have been worked on. */
    record InputEnded() implements CoordinatorEvent {}

    /** Attempt {@code ordinal} has its number and its staging area. */
    record Begun(long ordinal, long number) implements CoordinatorEvent {}

    /** Attempt {@code ordinal} could not begin. */
    record BeginFailed(long ordinal, FailureCause cause) implements CoordinatorEvent {}

    /** A subtask's part is durable. */
    record Acknowledged(long number, int subtask, SubtaskSnapshot snapshot) implements CoordinatorEvent {}

    /** A subtask's part cannot be written. */
    record Declined(long number, FailureCause cause) implements CoordinatorEvent {}

    /** The files of an attempt are published and listed. */
    record Cut(long number, long newBytes, long totalBytes) implements CoordinatorEvent {}

    /** The files of an attempt could not be published. */
    record CutFailed(long number, FailureCause cause) implements CoordinatorEvent {}

    /** The ledger has answered. */
    record CommitEnded(long number, CommitOutcome outcome) implements CoordinatorEvent {}

    /** The instance goes on from version {@code number}, whose output may not be visible yet. */
    record Restored(long number) implements CoordinatorEvent {}

    /** Sinks have committed everything up to {@code number}. */
    record SinksCommitted(long number) implements CoordinatorEvent {}

    /** A sink could not commit. */
    record SinkCommitFailed(long number) implements CoordinatorEvent {}

    /** The instance has failed or is to end at once. */
    record Halted(FailureCause cause) implements CoordinatorEvent {}
}
