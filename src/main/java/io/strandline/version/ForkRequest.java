package io.strandline.version;

import io.strandline.catalog.lookup.Revision;
import io.strandline.job.StartRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A branch as somebody wants it. */
@Schema(description = "A branch to make, and whether to start it.")
public record ForkRequest(
        @Schema(description = "Its name; tags and branches of a job share one set of names.", example = "trial")
        @NotNull
        String name,

        @Schema(
                description = "The version it begins at, by any revision expression.",
                example = "main~3",
                type = "string")
        @NotNull
        Revision from,

        @Schema(
                description =
                        "Which pipeline it runs: the one its parent runs now, or the one the version was written by. Needed"
                                + " when they differ.")
        @Nullable
        PipelineChoice pipeline,

        @Schema(description = "How to start it; it is not started when left out.") @Valid @Nullable
        StartRequest start,

        @Schema(description = "Why, for the audit.", example = "try another threshold") @Size(max = 1000) @Nullable
        String reason) {

    /** How to start it, with the reason given for the whole. */
    StartRequest startWithReason() {
        StartRequest wanted = start == null ? StartRequest.DEFAULT : start;
        return wanted.reason() == null ? wanted.because(reason) : wanted;
    }
}
