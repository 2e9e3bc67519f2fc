package io.strandline.api.stream;

/** Makes of what a key's values in a window come to what goes out. */
@FunctionalInterface
public interface WindowFunction<K, R, O> {

    /** What goes out, with the time of the window's last millisecond. */
    O result(K key, Window window, R value);
}
