package io.strandline.checkpoint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.catalog.Snapshot;
import io.strandline.checkpoint.CheckpointAttempt;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.AttemptReport.SubtaskReport;
import io.strandline.runner.FailureCause;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt at a checkpoint, failures included. */
@Schema(name = "Checkpoint", description = "One attempt at a checkpoint, failures included.")
record CheckpointResponse(
        @Schema(description = "Its number within the job; the version it yields has the same.", example = "42")
        long number,

        @Schema(description = "The branch it was made on.", example = "main")
        String branch,

        @Schema(description = "The instance that made it.") String instanceId,

        @Schema(description = "The operation that asked for it; null for a periodic one.") @Nullable
        String operationId,

        @Schema(description = "Why it was made.") SnapshotKind kind,

        @Schema(description = "Whether it writes everything or what has changed.")
        SnapshotMode mode,

        @Schema(description = "Where it stands.") AttemptReport.State state,
        @Schema(description = "When it was triggered.") Instant startedAt,

        @Schema(description = "When it ended; null while it runs.") @Nullable
        Instant endedAt,

        @Schema(description = "How long it took; null while it runs.", example = "37.5") @Nullable
        Double durationMillis,

        @Schema(
                description = "How long each phase took: begin, flush (barriers, freeze and writing), cut, commit.",
                example = "{\"flush\": 12.5, \"commit\": 1.9}")
        Map<String, Double> phaseMillis,

        @Schema(description = "Bytes written for it.", example = "4096")
        long newBytes,

        @Schema(description = "Bytes its version names.", example = "1048576")
        long totalBytes,

        @Schema(description = "The version it yielded; null when none.") @Nullable
        String snapshot,

        @Schema(description = "Why it failed; null if it did not.") @Nullable
        Failure failure,

        @Schema(description = "Figures a subtask; only when asked for one attempt.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<SubtaskReport> subtasks) {

    /** Why an attempt failed. */
    @Schema(name = "CheckpointFailure")
    record Failure(
            @Schema(description = "The problem's code.", example = "checkpoint-timeout")
            String code,

            @Schema(description = "What happened.") String detail,

            @Schema(description = "The phase it failed in.", example = "flush") @Nullable
            String phase,

            @Schema(description = "The operator concerned.", example = "by-origin") @Nullable
            String operator,

            @Schema(description = "The subtask concerned.", example = "0") @Nullable
            Integer subtask) {

        static @Nullable Failure of(AttemptReport report) {
            FailureCause cause = report.failure();
            return cause == null
                    ? null
                    : new Failure(
                            cause.code(), cause.detail(), report.failedPhase(), cause.operator(), cause.subtask());
        }
    }

    static CheckpointResponse listed(CheckpointAttempt attempt) {
        return of(attempt, null);
    }

    static CheckpointResponse detailed(CheckpointAttempt attempt) {
        return of(attempt, attempt.report().subtasks());
    }

    private static CheckpointResponse of(CheckpointAttempt attempt, @Nullable List<SubtaskReport> subtasks) {
        AttemptReport report = attempt.report();
        Snapshot version = attempt.version();
        return new CheckpointResponse(
                report.number(),
                attempt.branch(),
                attempt.instanceId(),
                report.requestId().isEmpty() ? null : report.requestId(),
                report.kind(),
                report.mode(),
                report.state(),
                report.startedAt(),
                report.endedAt(),
                millis(report),
                report.phaseMillis(),
                report.newBytes(),
                report.totalBytes(),
                version == null ? null : version.id().toString(),
                Failure.of(report),
                subtasks);
    }

    private static @Nullable Double millis(AttemptReport report) {
        Instant end = report.endedAt();
        return end == null ? null : Duration.between(report.startedAt(), end).toNanos() / 1e6;
    }
}
