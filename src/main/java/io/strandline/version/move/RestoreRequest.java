package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.strandline.version.PipelineChoice;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A restore as somebody wants it. */
@Schema(description = "Which version to bring back, and how.")
public record RestoreRequest(
        @Schema(
                description = "The version to bring back, by any revision expression.",
                example = "before-v2",
                type = "string")
        @NotNull
        Revision to,

        @Schema(
                description =
                        "ROLLBACK moves the head back to an ancestor; later versions stay for a week. REVERT commits a"
                                + " new version with the old one's files; any version of the job will do. RESET moves the"
                                + " head to any version of the job; it needs force, a reason and expectedHead.",
                example = "ROLLBACK")
        @NotNull
        Mode mode,

        @Schema(description = "The branch to move.", defaultValue = "main", example = "main") @Nullable
        String branch,

        @Schema(
                description =
                        "The head you saw. Refused when another verb has moved the head since; checkpoints of the running"
                                + " instance do not count. RESET needs it.",
                example = "42",
                type = "string")
        @Nullable
        Revision expectedHead,

        @Schema(
                description = "Take a snapshot first, if the job runs; a failed one is reported, not fatal.",
                defaultValue = "true")
        @Nullable
        Boolean safetySnapshot,

        @Schema(
                description =
                        "Which pipeline runs from then on: the branch's or the one the version was written by. Needed"
                                + " when they differ.")
        @Nullable
        PipelineChoice pipeline,

        @Schema(
                description = "REVERT takes output back that the version does not have, LEAVE leaves it where it is.",
                defaultValue = "REVERT")
        @Nullable
        Outputs outputs,

        @Schema(description = "Start it afterwards; by default if it ran.") @Nullable
        Boolean start,

        @Schema(description = "Allow state that the pipeline does not know to be lost.", defaultValue = "false")
        @Nullable
        Boolean allowDroppedState,

        @Schema(description = "Say that a RESET is meant.", defaultValue = "false") @Nullable
        Boolean force,

        @Schema(description = "Why, for the audit. RESET needs it.", example = "bad deploy") @Size(max = 1000) @Nullable
        String reason)
        implements MoveRequest {

    /** How a head gets there. */
    public enum Mode {
        ROLLBACK(MoveVerb.ROLLBACK),
        REVERT(MoveVerb.REVERT),
        RESET(MoveVerb.RESET);

        private final MoveVerb verb;

        Mode(MoveVerb verb) {
            this.verb = verb;
        }
    }

    @Override
    public String moved() {
        return branch == null ? Branch.MAIN : branch;
    }

    MoveVerb verb() {
        return mode.verb;
    }

    boolean forced() {
        return Boolean.TRUE.equals(force);
    }

    @Override
    public MovePlan.Options options() {
        return MovePlan.Options.of(outputs, start, !Boolean.FALSE.equals(safetySnapshot), allowDroppedState);
    }
}
