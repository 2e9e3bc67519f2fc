package io.strandline.job.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Instance;
import io.strandline.job.JobState;
import io.strandline.job.JobStatus;
import io.strandline.snapshot.SnapshotId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as clients see it: on one of its branches, {@code main} unless asked otherwise. */
@Schema(name = "Job", description = "A named pipeline and where it stands on one of its branches.")
record JobResponse(
        @Schema(description = "Its id, for ever.", example = "019a2f5e-3a51-7cc4-9d3e-2f6f5a0b7c11")
        String id,

        @Schema(description = "Its name.", example = "flights")
        String name,

        @Schema(description = "What it is for.", example = "Late departures by airport") @Nullable
        String description,

        @Schema(description = "When it was submitted.") Instant createdAt,

        @Schema(description = "The branch the following fields are about.", example = "main")
        String branch,

        @Schema(description = "Where it stands.") JobState state,
        @Schema(description = "Whether it is meant to run.") Branch.Desired desired,

        @Schema(description = "Why it FAILED, or why it was last restarted.") @Nullable
        FailureNote problem,

        @Schema(description = "Its newest version; null before the first.") @Nullable
        Head head,

        @Schema(description = "The pipeline version the branch runs from its next start on.", example = "1")
        int pipelineVersion,

        @Schema(description = "What runs; null when nothing does.") @Nullable
        Current instance,

        @Schema(description = "Since when it is in the trash and until when at least; absent when it is not.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Trashed trashed,

        @Schema(description = "The operation that starts it; only in the answer to a submission with start=true.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String operationId) {

    /** A problem, in short. */
    @Schema(name = "FailureNote")
    record FailureNote(
            @Schema(description = "The problem's code.", example = "poison-record")
            String code,

            @Schema(description = "What happened.") String detail) {

        static @Nullable FailureNote of(@Nullable ProblemNote note) {
            return note == null ? null : new FailureNote(note.code(), note.detail());
        }
    }

    /** A head. */
    @Schema(name = "Head")
    record Head(
            @Schema(description = "The version's id.") String id,

            @Schema(description = "The version's number.", example = "42")
            long number) {}

    /** What runs. */
    @Schema(name = "CurrentInstance")
    record Current(
            @Schema(description = "The instance's id.") String id,

            @Schema(description = "Its fencing epoch.", example = "3")
            long epoch,

            @Schema(description = "When it was granted its epoch.")
            Instant startedAt,

            @Schema(description = "Subtasks an operator.", example = "2")
            int parallelism,

            @Schema(description = "Where it keeps state.", example = "rocksdb")
            String backend,

            @Schema(description = "The pipeline version it runs.", example = "1")
            int pipelineVersion,

            @Schema(description = "The version it went on from; null when it began from nothing.") @Nullable
            String restoredFrom) {

        static Current of(Instance instance) {
            SnapshotId from = instance.restoredFrom();
            return new Current(
                    instance.id(),
                    instance.epoch(),
                    instance.startedAt(),
                    instance.parallelism(),
                    instance.backend(),
                    instance.pipelineVersion(),
                    from == null ? null : from.toString());
        }
    }

    static JobResponse of(JobStatus status) {
        return of(status, null);
    }

    static JobResponse of(JobStatus status, @Nullable String operationId) {
        Job job = status.job();
        Branch branch = status.branch();
        Instance instance = status.instance();
        SnapshotId head = branch.head();
        Long number = branch.headNumber();
        return new JobResponse(
                job.id(),
                job.name(),
                job.description(),
                job.createdAt(),
                branch.name(),
                status.state(),
                branch.desired(),
                FailureNote.of(branch.problem()),
                head == null || number == null ? null : new Head(head.toString(), number),
                branch.pipelineVersion(),
                instance == null ? null : Current.of(instance),
                job.trashed(),
                operationId);
    }
}
