package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** An undo as somebody wants it. */
@Schema(description = "Which move of a head is to be reversed.")
public record UndoRequest(
        @Schema(description = "The branch.", defaultValue = "main", example = "main") @Nullable
        String branch,

        @Schema(
                description =
                        "The move you mean, by its sequence in the reflog; refused when another has come since. By"
                                + " default the last that has not been undone.",
                example = "1234")
        @Nullable
        Long entry,

        @Schema(
                description = "The head you saw. Refused when another verb has moved the head since; checkpoints of the"
                        + " running instance do not count.",
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
                description = "REVERT takes output back that the version does not have, LEAVE leaves it where it is.",
                defaultValue = "REVERT")
        @Nullable
        Outputs outputs,

        @Schema(description = "Start it afterwards; by default if it ran.") @Nullable
        Boolean start,

        @Schema(description = "Allow state that the pipeline does not know to be lost.", defaultValue = "false")
        @Nullable
        Boolean allowDroppedState,

        @Schema(description = "Why, for the audit.", example = "it was not the deploy") @Size(max = 1000) @Nullable
        String reason)
        implements MoveRequest {

    /** The last move of main. */
    public static final UndoRequest DEFAULT = new UndoRequest(null, null, null, null, null, null, null, null);

    @Override
    public String moved() {
        return branch == null ? Branch.MAIN : branch;
    }

    @Override
    public MovePlan.Options options() {
        return MovePlan.Options.of(outputs, start, !Boolean.FALSE.equals(safetySnapshot), allowDroppedState);
    }
}
