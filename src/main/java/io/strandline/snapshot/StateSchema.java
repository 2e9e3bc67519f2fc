package io.strandline.snapshot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The self-describing shape of one keyed state, or of rows on their way to an operator.
 *
 * @param name the state's name within its operator, e.g. {@code aggregates}
 * @param form what kind of state it is
 * @param key columns that make up the key, in order; of rows in flight those they are shared out by, if any
 * @param namespaced whether entries carry a 64-bit namespace (a window's start) behind the key
 * @param value columns of the value, in order; empty for timers
 */
public record StateSchema(String name, Form form, List<Column> key, boolean namespaced, List<Column> value) {

    /** What kind of state. */
    public enum Form {
        /** {@code keyGroup | key | namespace -> value}. */
        KEYED,
        /** {@code keyGroup | time | key | namespace}, no value. */
        TIMERS,
        /**
         * Rows that an attempt overtook on their way to the operator, in order of arrival. They belong to that attempt's version
         * alone, and are no state: look-ups and the state digest leave them out.
         */
        IN_FLIGHT
    }

    public StateSchema {
        key = List.copyOf(key);
        value = List.copyOf(value);
        if (key.isEmpty() && form != Form.IN_FLIGHT) {
            throw new IllegalArgumentException("state " + name + " has no key column");
        }
    }

    /** The shape in a line, such as {@code KEYED (origin STRING) -> (count LONG)}. */
    public String describe() {
        String window = namespaced ? ", window" : "";
        String from = "%s (%s%s)".formatted(form, columns(key), window);
        return form == Form.TIMERS ? from : "%s -> (%s)".formatted(from, columns(value));
    }

    private static String columns(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.describe())
                .collect(Collectors.joining(", "));
    }
}
