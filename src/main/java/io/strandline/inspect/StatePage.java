package io.strandline.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of a state's entries, in the order of their keys. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A page of a state's entries, in the order of their keys; timers in the order of their times.")
public record StatePage(
        @Schema(description = "The version that the entries are of.")
        VersionRef snapshot,

        @Schema(description = "When the state is that of a running job: how long ago the version was taken.") @Nullable
        Long ageMillis,

        @Schema(description = "The operator.", example = "by-origin")
        String operator,

        @Schema(description = "Its state.", example = "aggregates")
        String state,

        List<StateEntry> items,

        @Schema(
                description = "Send it as cursor to get the next page of the same version; null on the last one.",
                nullable = true)
        @JsonInclude
        @Nullable
        String nextCursor)
        implements StateView {

    public StatePage {
        items = List.copyOf(items);
    }

    /** The same as part of what a running job has. */
    StatePage aged(long millis) {
        return new StatePage(snapshot, millis, operator, state, items, nextCursor);
    }

    /** One entry: the value under a key, in one window if the state has windows; or one timer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The value under a key, in one window if the state has windows; or one timer.")
    public record StateEntry(
            @Schema(description = "The key: one value, or an array for several columns.", example = "DFW")
            Object key,

            @Schema(description = "When the window begins.") @Nullable
            Instant window,

            @Schema(
                    description = "The value by column; of a timer its time.",
                    example = "{\"count\": 1204, \"delay_sum\": 15320.0}")
            Map<String, Object> value) {}
}
