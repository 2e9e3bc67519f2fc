package io.strandline.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a state holds under one key: a value, or one for each window. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a state holds under one key: a value, or one for each window.")
public record StateAnswer(
        @Schema(description = "The version that was meant.") VersionRef snapshot,

        @Schema(description = "The operator.", example = "by-origin")
        String operator,

        @Schema(description = "Its state.", example = "aggregates")
        String state,

        @Schema(description = "The key: one value, or an array for several columns.", example = "DFW")
        Object key,

        @Schema(
                description = "The value by column; absent for windowed state.",
                example = "{\"count\": 1204, \"delay_sum\": 15320.0}")
        @Nullable
        Map<String, Object> value,

        @Schema(description = "For windowed state the value of each window, oldest first; for timers each timer.")
        @Nullable
        List<WindowEntry> entries)
        implements StateView {

    /**
     * The value of one window, or one timer.
     *
     * @param window when the window begins, null for a timer without one
     * @param value the value by column
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The value of one window, or one timer.")
    public record WindowEntry(
            @Schema(description = "When the window begins.") @Nullable
            Instant window,

            @Schema(description = "The value by column.") Map<String, Object> value) {}
}
