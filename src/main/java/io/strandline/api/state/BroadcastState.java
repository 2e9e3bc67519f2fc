package io.strandline.api.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map that every subtask has whole, at any parallelism. Each has to be brought to the same content, out of rows that all of them
 * receive. A copy is kept with each key group, so it suits small maps.
 */
public interface BroadcastState<K, V> {

    /** A value; null when there is none. */
    @Nullable
    V get(K key);

    /** All entries, not to be changed. */
    Map<K, V> entries();

    /** Puts a value in place of what was there. */
    void put(K key, V value);

    /** Removes an entry. */
    void remove(K key);
}
