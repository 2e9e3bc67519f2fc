package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A promotion as somebody wants it. */
@Schema(description = "Which fork is to take main's place.")
public record PromoteRequest(
        @Schema(description = "The fork.", example = "try-v2") @NotNull
        String branch,

        @Schema(
                description = "The fork's head that you saw; checkpoints of its running instance do not count.",
                example = "57",
                type = "string")
        @NotNull
        Revision expectedHead,

        @Schema(
                description =
                        "The head of main that you saw. Needed, unless main has no version yet; checkpoints of the"
                                + " running instance do not count.",
                example = "42",
                type = "string")
        @Nullable
        Revision expectedMainHead,

        @Schema(
                description =
                        "Take a snapshot of main first, if it runs; a failed one is reported, not fatal. The fork, if"
                                + " it runs, always takes one.",
                defaultValue = "true")
        @Nullable
        Boolean safetySnapshot,

        @Schema(
                description = "REVERT takes main's output since the fork back, LEAVE leaves it where it is.",
                defaultValue = "REVERT")
        @Nullable
        Outputs outputs,

        @Schema(description = "Start main afterwards; by default if it ran.") @Nullable
        Boolean start,

        @Schema(description = "Why, for the audit.", example = "v2 has proven itself") @Size(max = 1000) @Nullable
        String reason)
        implements MoveRequest {

    @Override
    public String moved() {
        return Branch.MAIN;
    }

    @Override
    public MovePlan.Options options() {
        return MovePlan.Options.of(outputs, start, !Boolean.FALSE.equals(safetySnapshot), null);
    }
}
