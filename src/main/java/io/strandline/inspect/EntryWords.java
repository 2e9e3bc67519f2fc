package io.strandline.inspect;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.StateSchema;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.state.SnapshotReader.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts decoded entries into the words of the API: times as ISO-8601, booleans as such, lists, maps and records as JSON knows them,
 * other bytes in Base64, values by output column. Columns that an operator keeps for itself are left out.
 */
public final class EntryWords {

    private EntryWords() {}

    /** The key: its one column's value, or a list of them. */
    public static Object key(StateSchema schema, List<Object> key) {
        List<Object> words = new ArrayList<>();
        for (int index = 0; index < key.size(); index++) {
            words.add(word(schema.key().get(index), key.get(index)));
        }
        return words.size() == 1 ? words.get(0) : words;
    }

    /** The value by column, in the schema's order; of a timer its time. */
    public static Map<String, Object> value(StateSchema schema, Entry entry) {
        Map<String, Object> words = new LinkedHashMap<>();
        if (schema.form() == Form.TIMERS) {
            words.put("time", Instant.ofEpochMilli((Long) entry.value().get(0)));
        }
        for (int index = 0; index < schema.value().size(); index++) {
            Column column = schema.value().get(index);
            if (!column.isInternal()) {
                words.put(column.name(), word(column, entry.value().get(index)));
            }
        }
        return words;
    }

    /** When the window begins that an entry is for, null for state without windows. */
    static @Nullable Instant window(StateSchema schema, Entry entry) {
        return schema.namespaced() ? Instant.ofEpochMilli(entry.namespace()) : null;
    }

    private static Object word(Column column, Object value) {
        return switch (column.type()) {
            case BOOLEAN -> value instanceof Long bit ? bit != 0 : value;
            case TIMESTAMP -> value instanceof Long millis ? Instant.ofEpochMilli(millis) : value;
            case DURATION -> value instanceof Long millis ? Duration.ofMillis(millis) : value;
            case DOUBLE -> value instanceof Double number && !Double.isFinite(number) ? number.toString() : value;
            case BYTES -> value instanceof byte[] bytes ? ContentWords.of(column, bytes) : value;
            case LONG, STRING -> value;
        };
    }
}
