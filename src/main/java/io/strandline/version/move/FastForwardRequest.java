package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.strandline.version.PipelineChoice;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A fast-forward as somebody wants it. */
@Schema(description = "Which descendant a branch's head is to move on to.")
public record FastForwardRequest(
        @Schema(
                description = "The version to move on to, by any revision expression.",
                example = "try-v2",
                type = "string")
        @NotNull
        Revision to,

        @Schema(description = "The branch to move.", defaultValue = "main", example = "main") @Nullable
        String branch,

        @Schema(
                description = "The head you saw. Needed, unless the branch has no version yet; checkpoints of the"
                        + " running instance do not count.",
                example = "42",
                type = "string")
        @Nullable
        Revision expectedHead,

        @Schema(
                description =
                        "Which pipeline runs from then on: the branch's or the one the version was written by. Needed"
                                + " when they differ.")
        @Nullable
        PipelineChoice pipeline,

        @Schema(description = "Start it afterwards; by default if it ran.") @Nullable
        Boolean start,

        @Schema(description = "Allow state that the pipeline does not know to be lost.", defaultValue = "false")
        @Nullable
        Boolean allowDroppedState,

        @Schema(description = "Why, for the audit.", example = "v2 has proven itself") @Size(max = 1000) @Nullable
        String reason)
        implements MoveRequest {

    @Override
    public String moved() {
        return branch == null ? Branch.MAIN : branch;
    }

    /** A snapshot taken first would be one that the target does not descend from. */
    @Override
    public MovePlan.Options options() {
        return MovePlan.Options.of(null, start, false, allowDroppedState);
    }
}
