package io.strandline.snapshot;

import java.util.List;

/**
 * The self-describing shape of one keyed state.
 *
 * @param name the state's name within its operator, e.g. {@code aggregates}
 * @param form what kind of state it is
 * @param key columns that make up the key, in order
 * @param namespaced whether entries carry a 64-bit namespace (a window's start) behind the key
 * @param value columns of the value, in order; empty for timers
 */
public record StateSchema(String name, Form form, List<Column> key, boolean namespaced, List<Column> value) {

    /** What kind of state. */
    public enum Form {
        /** {@code keyGroup | key | namespace -> value}. */
        KEYED,
        /** {@code keyGroup | time | key | namespace}, no value. */
        TIMERS
    }

    public StateSchema {
        key = List.copyOf(key);
        value = List.copyOf(value);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("state " + name + " has no key column");
        }
    }
}
