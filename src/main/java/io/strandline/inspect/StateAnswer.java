package io.strandline.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.snapshot.StateSchema;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.state.SnapshotReader.Entry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a state holds under one key: a value, or one for each window. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a state holds under one key: a value, or one for each window.")
public record StateAnswer(
        @Schema(description = "The version that was meant; absent when a running job was asked.") @Nullable
        VersionRef snapshot,

        @Schema(description = "When the running job that was asked said so.") @Nullable
        Instant at,

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
     * What was found under a key.
     *
     * @param entries at least one
     */
    static StateAnswer of(
            @Nullable VersionRef version,
            @Nullable Instant at,
            String operator,
            StateSchema schema,
            List<Object> key,
            List<Entry> entries) {
        Object words = EntryWords.key(schema, key);
        if (!schema.namespaced() && schema.form() == Form.KEYED) {
            Map<String, Object> value = EntryWords.value(schema, entries.get(0));
            return new StateAnswer(version, at, operator, schema.name(), words, value, null);
        }
        List<WindowEntry> windows = entries.stream()
                .map(entry -> new WindowEntry(EntryWords.window(schema, entry), EntryWords.value(schema, entry)))
                .toList();
        return new StateAnswer(version, at, operator, schema.name(), words, null, windows);
    }

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
