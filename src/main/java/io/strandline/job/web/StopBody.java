package io.strandline.job.web;

import io.strandline.job.StopMode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** How to stop; every field may be left out. */
@Schema(name = "StopRequest", description = "How to stop.")
record StopBody(
        @Schema(
                description =
                        "SNAPSHOT takes a last snapshot first, DRAIN ends the input and finishes, CANCEL stops at once.",
                defaultValue = "SNAPSHOT",
                example = "SNAPSHOT")
        @Nullable
        StopMode mode,

        @Schema(description = "Why, for the audit.", example = "maintenance") @Size(max = 1000) @Nullable
        String reason) {

    StopMode modeOrDefault() {
        return mode == null ? StopMode.SNAPSHOT : mode;
    }
}
