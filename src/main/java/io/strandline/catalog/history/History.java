package io.strandline.catalog.history;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of what was: a job's instances, and where a branch's head has been. As {@link Catalog}, inside a decision it sees the decision's transaction. */
public interface History {

    /** A job's instances, of one branch when one is given, newest epoch first, below {@code beforeEpoch} when given. */
    List<Instance> instances(String jobId, @Nullable String branch, @Nullable Long beforeEpoch, int limit);

    /** The instance of a branch that was granted the largest epoch. */
    Optional<Instance> newestInstance(String jobId, String branch);

    /** Every instance of every job that has not ended. */
    List<Instance> openInstances();

    /** Moves of a branch's head, completed checkpoints included, newest first, below {@code beforeSequence} when given. */
    List<HeadEntry> reflog(String jobId, String branch, @Nullable Long beforeSequence, int limit);

    /** As {@link #reflog}, without completed checkpoints. */
    List<HeadEntry> moves(String jobId, String branch, @Nullable Long beforeSequence, int limit);

    /** The newest move of a branch's head that was made at or before {@code at}. */
    Optional<HeadEntry> headAt(String jobId, String branch, Instant at);

    /** A version and its ancestors by parent, itself first, tombstones included. */
    List<Snapshot> ancestors(SnapshotId from, int limit);

    /**
     * A version and what comes after it by parent, itself first, then its children by number, then theirs; in any state.
     *
     * @param depth how many steps away at most
     * @param limit how many at most
     */
    List<Descendant> descendants(SnapshotId from, int depth, int limit);

    /** Changes as the audit tells them, newest first, below {@code beforeSequence} when given. */
    List<AuditEntry> audit(AuditFilter filter, @Nullable Long beforeSequence, int limit);

    /** Changes as the audit tells them, oldest first, above one place and up to another. */
    List<AuditEntry> auditAfter(AuditFilter filter, long afterSequence, long upTo, int limit);

    /** How many changes the audit has above a place. */
    long auditedAfter(long afterSequence);

    /** The place of the newest change to a job: as long as it stays, so does what can be read of the job. 0 before the first. */
    long newestChange(String jobId);

    /** The time of the journal's newest entry: a clock behind it runs wrong. {@link Instant#EPOCH} before the first. */
    Instant newestEntryAt();

    /** A version so many steps below another. */
    record Descendant(Snapshot version, int distance) {}

    /**
     * One move of a branch's head.
     *
     * @param sequence the journal entry's
     * @param from the head before, null when there was none
     * @param to the head after, null when it was taken away
     * @param toNumber its number
     * @param toPipeline the pipeline version that went with the new head, null where the branch kept its own
     * @param verb {@code CHECKPOINT} for a completed one, else what moved it: {@code ROLLBACK}, {@code REVERT}, …
     * @param before what the branch was besides its head, so that the move can be reversed; null for a checkpoint
     * @param at the journal entry's time
     * @param cause who and why
     */
    record HeadEntry(
            long sequence,
            String jobId,
            String branch,
            @Nullable SnapshotId from,
            @Nullable SnapshotId to,
            @Nullable Long toNumber,
            @Nullable Integer toPipeline,
            String verb,
            @Nullable Before before,
            Instant at,
            Cause cause) {

        /**
         * What a branch was before its head moved.
         *
         * @param line what sinks could keep
         * @param pipelineVersion what it ran
         */
        public record Before(List<LineSegment> line, int pipelineVersion) {

            public Before {
                line = List.copyOf(line);
            }
        }
    }

    /**
     * One change.
     *
     * @param sequence its place: the journal entry's sequence and the change's index in it, as one ascending number
     * @param action the change's name on the wire, e.g. {@code tag-created}
     * @param branch the branch it was made on, null where it was on none
     * @param subject what it was done to, e.g. {@code snapshot:<id>} or {@code tag:nightly}
     * @param before what is no longer true, JSON, null where nothing was replaced
     * @param after the change, JSON
     */
    record AuditEntry(
            long sequence,
            Instant at,
            String action,
            @Nullable String jobId,
            @Nullable String branch,
            String subject,
            Cause cause,
            @Nullable String before,
            String after) {}

    /**
     * Which changes a reader of the audit wants; null components ask for all.
     *
     * @param branch only those made on this branch
     * @param action only this action
     * @param reason only those whose reason has this text in it, in upper or lower case
     * @param since only those made at this time or later
     * @param until only those made before this time
     */
    record AuditFilter(
            @Nullable String jobId,
            @Nullable String branch,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String reason,
            @Nullable String requestId,
            @Nullable String operationId,
            @Nullable String subject,
            @Nullable Instant since,
            @Nullable Instant until) {

        /** Every change there was. */
        public static final AuditFilter ALL =
                new AuditFilter(null, null, null, null, null, null, null, null, null, null);

        /** Every change of a job. */
        public static AuditFilter ofJob(String jobId) {
            return new AuditFilter(jobId, null, null, null, null, null, null, null, null, null);
        }

        /** What an operation did of one kind. */
        public static AuditFilter ofOperation(String operationId, String action) {
            return new AuditFilter(null, null, null, action, null, null, operationId, null, null, null);
        }
    }
}
