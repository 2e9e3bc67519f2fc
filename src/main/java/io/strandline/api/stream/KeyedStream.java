package io.strandline.api.stream;

import io.strandline.api.function.ProcessFunction;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.StreamForm;
import io.strandline.api.type.Type;
import io.strandline.engine.graph.Exchange;
import java.util.function.Supplier;

/** A stream whose values are shared out by their keys. */
public final class KeyedStream<K, T> {

    private final DataStream<T> stream;
    private final ProcessFactory.Key<K> key;

    KeyedStream(DataStream<T> stream, ProcessFactory.Key<K> key) {
        this.stream = stream;
        this.key = key;
    }

    /**
     * What a function does, with state and timers of each key.
     *
     * @param functions a new object at each call: one a subtask, and one to learn what it declares
     */
    public <R> DataStream<R> process(
            String name, Type<R> type, Supplier<? extends ProcessFunction<K, T, R>> functions) {
        StreamForm<R> yields = StreamForm.of(type);
        ProcessFactory<K, T, R> factory = new ProcessFactory<>(functions, key, stream.form(), yields);
        return stream.then(name, factory, new Exchange.Keyed(key.columns()), yields);
    }
}
