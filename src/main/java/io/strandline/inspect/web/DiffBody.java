package io.strandline.inspect.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.strandline.inspect.diff.DiffFilter;
import io.strandline.inspect.diff.DiffRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which versions to compare. */
@Schema(name = "DiffRequest", description = "Which versions to compare.")
record DiffBody(
        @Schema(description = "The one version.", example = "main~1") @NotNull
        Revision from,

        @Schema(description = "The other version.", example = "main") @NotNull
        Revision to,

        @Schema(description = "The branch that latest is about; main if absent.", example = "main") @Nullable
        String branch,

        @Schema(description = "Only these operators; all if absent.", example = "[\"by-origin\"]")
        @Size(max = 1000)
        @Nullable
        List<@NotNull String> operators,

        @Schema(description = "Only states of these names; all if absent.", example = "[\"aggregates\"]")
        @Size(max = 1000)
        @Nullable
        List<@NotNull String> states,

        @Schema(description = "Entries to show of each state beside the counts.", defaultValue = "5", example = "5")
        @Min(0)
        @Max(100)
        @Nullable
        Integer samples) {

    private static final int SAMPLES = 5;

    DiffRequest request() {
        return new DiffRequest(
                from,
                to,
                branch == null ? Branch.MAIN : branch,
                new DiffFilter(operators == null ? List.of() : operators, states == null ? List.of() : states),
                samples == null ? SAMPLES : samples);
    }
}
