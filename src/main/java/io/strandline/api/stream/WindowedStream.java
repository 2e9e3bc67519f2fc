package io.strandline.api.stream;

import io.strandline.api.function.ProcessFunction;
import io.strandline.api.state.AggregateFunction;
import io.strandline.api.state.MergingAggregateFunction;
import io.strandline.api.type.Type;
import java.time.Duration;
import java.util.function.Supplier;

/** A keyed stream whose values are about to be added up by windows of event time. */
public final class WindowedStream<K, T> {

    private final KeyedStream<K, T> stream;
    private final WindowShape shape;
    private final Duration lateness;

    WindowedStream(KeyedStream<K, T> stream, WindowShape shape, Duration lateness) {
        this.stream = stream;
        this.shape = shape;
        this.lateness = lateness;
    }

    /** Keeps each window so long behind its end; a value that comes in that time makes it come out again. */
    public WindowedStream<K, T> allowedLateness(Duration late) {
        if (late.isNegative()) {
            throw new IllegalArgumentException("a lateness of " + late);
        }
        return new WindowedStream<>(stream, shape, late);
    }

    /**
     * What the values of each key and window come to, once the watermark has reached the window's end. Values that come too late for
     * all of their windows go to the side output {@code late}, with the type of the stream.
     *
     * @param type what goes out
     * @param kept what is kept of a window, in the state {@code panes}
     * @param function for sessions a {@link MergingAggregateFunction}
     * @param result makes of it what goes out
     */
    public <A, R, O> DataStream<O> aggregate(
            String name,
            Type<O> type,
            Type<A> kept,
            AggregateFunction<T, A, R> function,
            WindowFunction<K, R, O> result) {
        WindowSpec<K, T, A, R, O> spec = new WindowSpec<>(stream.type(), kept, function, result, lateness.toMillis());
        return stream.process(name, type, functions(spec));
    }

    private <A, R, O> Supplier<ProcessFunction<K, T, O>> functions(WindowSpec<K, T, A, R, O> spec) {
        if (shape instanceof WindowShape.Sliding sliding) {
            return () -> new SlidingWindows<>(spec, sliding);
        }
        if (spec.function() instanceof MergingAggregateFunction<T, A, R> merging) {
            long gap = ((WindowShape.Session) shape).gap().toMillis();
            return () -> new SessionWindows<>(spec, merging, gap);
        }
        throw new IllegalArgumentException("sessions may turn out to be one; their function has to be a "
                + MergingAggregateFunction.class.getSimpleName());
    }
}
