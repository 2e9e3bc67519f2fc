package io.strandline.api.stream;

import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.StreamForm;
import io.strandline.api.type.Type;
import io.strandline.engine.graph.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two streams that are about to go into one function. Event time in it is the least of both; a stream whose source has none does not
 * hold it back.
 *
 * @param <K> the key of the first stream, {@link Void} for one without
 * @param <I> the values of the first stream
 * @param <J> the values of the other one
 */
public final class ConnectedStreams<K, I, J> {

    private final Input<I> first;
    private final ProcessFactory.@Nullable Key<K> key;
    private final Input<J> second;
    private final ProcessFactory.Other<J> other;

    ConnectedStreams(
            Input<I> first, ProcessFactory.@Nullable Key<K> key, Input<J> second, ProcessFactory.Other<J> other) {
        this.first = first;
        this.key = key;
        this.second = second;
        this.other = other;
    }

    /**
     * What a function of both does.
     *
     * @param functions a new object at each call: one a subtask, and one to learn what it declares
     */
    public <R> DataStream<R> process(
            String name, Type<R> type, Supplier<? extends ConnectedFunction<K, I, J, R>> functions) {
        StreamForm<R> yields = StreamForm.of(type);
        ProcessFactory<K, I, R> factory =
                ProcessFactory.connected(functions, key, first.stream().form(), other, yields);
        return first.stream().then(name, factory, first.exchange(), second, yields);
    }

    /** A stream and how its values are shared out over the function's subtasks. */
    record Input<T>(DataStream<T> stream, Exchange exchange) {}
}
