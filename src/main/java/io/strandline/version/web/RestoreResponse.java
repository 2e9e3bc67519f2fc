package io.strandline.version.web;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.OutputMove;
import io.strandline.version.RestoreOutcome;
import io.strandline.version.RestorePlan;
import io.strandline.version.RestoreRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a restore did: the result of its operation. */
@Schema(name = "Restore", description = "What a restore did.")
record RestoreResponse(
        @Schema(description = "The job.", example = "flights")
        String job,

        @Schema(description = "The branch whose head moved.", example = "main")
        String branch,

        @Schema(description = "How.") RestoreRequest.Mode mode,
        @Schema(description = "The version brought back.") VersionRef snapshot,

        @Schema(description = "Where the head was; null when there was none.") @Nullable
        VersionRef previousHead,

        @Schema(description = "Where the restore put it: the version itself, or for REVERT the new one with its files.")
        VersionRef head,

        @Schema(description = "The snapshot taken before; null when none was asked for or nothing ran.") @Nullable
        Safety safetySnapshot,

        @Schema(description = "The pipeline version that runs from then on.", example = "1")
        int pipelineVersion,

        @Schema(description = "Whether an instance runs from it.")
        boolean started,

        @Schema(description = "Output files that sinks took back or brought back.")
        List<Output> outputs) {

    /** What became of the safety snapshot. */
    @Schema(name = "SafetySnapshot")
    record Safety(
            @Schema(description = "The version; null when it failed.") @Nullable
            VersionRef snapshot,

            @Schema(description = "Why there is none; null when there is.") @Nullable
            String problem) {

        static @Nullable Safety of(@Nullable CheckpointOutcome outcome) {
            if (outcome == null) {
                return null;
            }
            return outcome instanceof CheckpointOutcome.Completed completed
                    ? new Safety(new VersionRef(completed.id().toString(), completed.number()), null)
                    : new Safety(null, reason(outcome));
        }

        private static String reason(CheckpointOutcome outcome) {
            if (outcome instanceof CheckpointOutcome.Failed failed) {
                return failed.cause().code() + ": " + failed.cause().detail();
            }
            if (outcome instanceof CheckpointOutcome.Declined declined) {
                return declined.reason();
            }
            return "its outcome is not known yet";
        }
    }

    /** A file that moved. */
    @Schema(name = "OutputMove")
    record Output(
            @Schema(description = "The sink.", example = "out")
            String sink,

            @Schema(description = "Where the file was, relative to the files root.")
            String from,

            @Schema(description = "Where it is.") String to,
            @Schema(description = "What was done.") OutputMove.Action action) {

        static Output of(OutputMove move) {
            return new Output(move.sink(), move.from(), move.to(), move.action());
        }
    }

    static RestoreResponse of(RestorePlan plan, RestoreOutcome outcome) {
        return new RestoreResponse(
                plan.job().name(),
                plan.branch().name(),
                plan.request().mode(),
                new VersionRef(
                        outcome.target().id().toString(), outcome.target().number()),
                VersionRef.of(outcome.previousHead()),
                new VersionRef(outcome.head().id().toString(), outcome.head().number()),
                Safety.of(outcome.safety()),
                plan.pipelineVersion(),
                outcome.started(),
                outcome.outputs().stream().map(Output::of).toList());
    }
}
