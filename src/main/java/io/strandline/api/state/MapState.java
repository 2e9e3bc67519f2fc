package io.strandline.api.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map of the current key. It is kept as one value: a version rewrites the whole map of a key that changed, so it suits maps up
 * to some thousand entries; beyond that the map's key belongs into the stream's key.
 */
public interface MapState<K, V> {

    /** A value; null when there is none. */
    @Nullable
    V get(K key);

    /** Whether there is a value. */
    boolean contains(K key);

    /** Puts a value in place of what was there. */
    void put(K key, V value);

    /** Removes an entry. */
    void remove(K key);

    /** All entries, not to be changed. */
    Map<K, V> entries();

    /** Removes all. */
    void clear();
}
