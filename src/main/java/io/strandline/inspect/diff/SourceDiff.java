package io.strandline.inspect.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far a source had read in either version. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "How far a source had read in either version.")
public record SourceDiff(
        @Schema(description = "The source.", example = "departures")
        String source,

        @Schema(description = "The split: a file, or a partition.", example = "flights.ndjson")
        String split,

        @Schema(description = "Next byte or record in the one version; absent when it does not know the split.")
        @Nullable
        Long before,

        @Schema(description = "Next byte or record in the other version; absent when it does not know the split.")
        @Nullable
        Long after) {}
