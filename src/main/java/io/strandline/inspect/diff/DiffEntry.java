package io.strandline.inspect.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.state.diff.Difference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key under which the two versions hold something else. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A key under which the two versions hold something else.")
public record DiffEntry(
        @Schema(description = "What became of it.") Difference.Type type,

        @Schema(description = "The operator.", example = "by-origin")
        String operator,

        @Schema(description = "Its state.", example = "aggregates")
        String state,

        @Schema(description = "The key: one value, or an array for several columns.", example = "DFW")
        Object key,

        @Schema(description = "For windowed state, when the window begins.") @Nullable
        Instant window,

        @Schema(description = "The value in the one version, by column; absent when it has none.") @Nullable
        Map<String, Object> before,

        @Schema(description = "The value in the other version, by column; absent when it has none.") @Nullable
        Map<String, Object> after) {}
