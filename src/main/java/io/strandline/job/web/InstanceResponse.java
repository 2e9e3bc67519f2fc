package io.strandline.job.web;

import io.strandline.catalog.history.Instance;
import io.strandline.job.web.JobResponse.FailureNote;
import io.strandline.snapshot.SnapshotId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a job, with why it began and why it ended. */
@Schema(name = "Instance", description = "One run of a job on a branch.")
record InstanceResponse(
        @Schema(description = "Its id.") String id,

        @Schema(description = "Its branch.", example = "main")
        String branch,

        @Schema(description = "Its fencing epoch.", example = "3")
        long epoch,

        @Schema(description = "The pipeline version it ran.", example = "1")
        int pipelineVersion,

        @Schema(description = "Subtasks an operator.", example = "2")
        int parallelism,

        @Schema(description = "Where it kept state.", example = "rocksdb")
        String backend,

        @Schema(description = "The version it went on from; null when it began from nothing.") @Nullable
        String restoredFrom,

        @Schema(
                description =
                        "Why it began: START, RESTART (after a failure), RECOVERY (the server came up), FALLBACK (from an"
                                + " intact ancestor), RESTORE, FAST_FORWARD, PROMOTE, UNDO or PIPELINE.",
                example = "START")
        String startedBecause,

        @Schema(description = "When it was granted its epoch.")
        Instant startedAt,

        @Schema(
                description =
                        "Why it ended: STOPPED, CANCELLED, FINISHED, FAILED, RESTORE, FAST_FORWARD, PROMOTE, UNDO,"
                                + " PIPELINE, SHUTDOWN or SERVER_STOPPED; null while it runs.",
                example = "STOPPED")
        @Nullable
        String endedBecause,

        @Schema(description = "When it ended; null while it runs.") @Nullable
        Instant endedAt,

        @Schema(description = "What failed, if something did.") @Nullable
        FailureNote problem) {

    static InstanceResponse of(Instance instance) {
        SnapshotId from = instance.restoredFrom();
        return new InstanceResponse(
                instance.id(),
                instance.branch(),
                instance.epoch(),
                instance.pipelineVersion(),
                instance.parallelism(),
                instance.backend(),
                from == null ? null : from.toString(),
                instance.startedBecause(),
                instance.startedAt(),
                instance.endedBecause(),
                instance.endedAt(),
                FailureNote.of(instance.problem()));
    }
}
