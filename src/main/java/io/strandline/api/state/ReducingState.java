package io.strandline.api.state;

import org.jspecify.annotations.Nullable;

/** What all values of the current key come to, by a function of two. */
public interface ReducingState<T> {

    /** What they come to; null when there were none. */
    @Nullable
    T get();

    /** Adds one. */
    void add(T value);

    /** Starts anew. */
    void clear();
}
