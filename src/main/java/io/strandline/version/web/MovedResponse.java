package io.strandline.version.web;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.OutputMove;
import io.strandline.version.move.MoveOutcome;
import io.strandline.version.move.MovePlan;
import io.strandline.version.move.MoveVerb;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a move of a head did: the result of its operation. */
@Schema(name = "Moved", description = "What a move of a head did.")
record MovedResponse(
        @Schema(description = "The job.", example = "flights")
        String job,

        @Schema(description = "The branch whose head moved.", example = "main")
        String branch,

        @Schema(description = "What moved it, as the reflog has it.")
        MoveVerb verb,

        @Schema(description = "The version it was about; null when an undo took the head away.") @Nullable
        VersionRef snapshot,

        @Schema(description = "Where the head was; null when there was none.") @Nullable
        VersionRef previousHead,

        @Schema(
                description =
                        "Where it is: the version itself, for REVERT the new one with its files; null when an undo took"
                                + " it away.")
        @Nullable
        VersionRef head,

        @Schema(
                description = "The tag that keeps main's old head after a PROMOTE; null when none was made.",
                example = "before-promote-42")
        @Nullable
        String tag,

        @Schema(description = "The snapshot of the branch taken before; null when none was asked for or nothing ran.")
        @Nullable
        Safety safetySnapshot,

        @Schema(description = "For PROMOTE the snapshot of the fork taken before; null when it did not run.") @Nullable
        Safety forkSnapshot,

        @Schema(description = "The pipeline version that runs from then on.", example = "1")
        int pipelineVersion,

        @Schema(description = "Whether an instance runs from it.")
        boolean started,

        @Schema(description = "Output files that sinks took back or brought back.")
        List<Output> outputs) {

    /** What became of a safety snapshot. */
    @Schema(name = "SafetySnapshot")
    record Safety(
            @Schema(description = "The version; null when it failed.") @Nullable
            VersionRef snapshot,

            @Schema(description = "Why there is none; null when there is.") @Nullable
            String problem) {

        private static Safety of(CheckpointOutcome outcome) {
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

    static MovedResponse of(MovePlan plan, MoveOutcome outcome) {
        String branch = plan.branch().name();
        return new MovedResponse(
                plan.job().name(),
                branch,
                plan.verb(),
                VersionRef.of(outcome.target()),
                VersionRef.of(outcome.previousHead()),
                VersionRef.of(outcome.head()),
                outcome.tag(),
                safety(outcome, true, branch).orElse(null),
                safety(outcome, false, branch).orElse(null),
                plan.pipelineVersion(),
                outcome.started(),
                outcome.outputs().stream().map(Output::of).toList());
    }

    private static Optional<Safety> safety(MoveOutcome outcome, boolean ofTheBranch, String branch) {
        return outcome.safety().stream()
                .filter(taken -> taken.branch().equals(branch) == ofTheBranch)
                .map(taken -> Safety.of(taken.outcome()))
                .findFirst();
    }
}
