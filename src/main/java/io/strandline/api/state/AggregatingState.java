package io.strandline.api.state;

import org.jspecify.annotations.Nullable;

/** What all values of the current key come to, by an {@link AggregateFunction}. */
public interface AggregatingState<I, R> {

    /** The result; null when nothing was added. */
    @Nullable
    R get();

    /** Adds one. */
    void add(I value);

    /** Starts anew. */
    void clear();
}
