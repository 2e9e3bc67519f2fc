package io.strandline.api.stream;

import io.strandline.api.function.Context;
import io.strandline.api.state.AggregateFunction;
import io.strandline.api.type.Type;
import io.strandline.engine.element.Watermark;

/**
 * What windows of any shape have to know.
 *
 * @param input the type of the values
 * @param kept the type of what is kept of a window
 * @param latenessMillis how long a window is kept behind its end
 */
record WindowSpec<K, T, A, R, O>(
        Type<T> input,
        Type<A> kept,
        AggregateFunction<T, A, R> function,
        WindowFunction<K, R, O> result,
        long latenessMillis) {

    static final String PANES = "panes";
    static final String LATE = "late";

    /** The event time of the value at hand. */
    static long time(Context<?> context) {
        if (context.timestamp() == Watermark.NONE) {
            throw new IllegalStateException("the value has no event time");
        }
        return context.timestamp();
    }

    /** Whether a window that ends there is no longer kept. */
    boolean isOver(long end, long watermark) {
        return end - 1 + latenessMillis <= watermark;
    }

    /** What goes out of a window. */
    O result(K key, Window window, A pane) {
        return result.result(key, window, function.result(pane));
    }
}
