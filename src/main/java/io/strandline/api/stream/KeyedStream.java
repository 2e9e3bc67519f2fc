package io.strandline.api.stream;

import io.strandline.api.function.ProcessFunction;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.StreamForm;
import io.strandline.api.type.Type;
import io.strandline.engine.graph.Exchange;
import java.time.Duration;
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
        return stream.then(name, factory, exchange(), yields);
    }

    /** These values together with those of another stream, of which every subtask gets every value. */
    public <J> ConnectedStreams<K, T, J> connect(BroadcastStream<J> other) {
        return new ConnectedStreams<>(input(), key, other.input(), other.other());
    }

    /** These values together with those of another stream under the same key. */
    public <J> ConnectedStreams<K, T, J> connect(KeyedStream<K, J> other) {
        return new ConnectedStreams<>(
                input(), key, other.input(), new ProcessFactory.Other<>(other.stream.form(), other.key.columns()));
    }

    /**
     * The values by windows of event time.
     *
     * @throws IllegalStateException when their source has no event time
     */
    public WindowedStream<K, T> window(WindowShape shape) {
        requireTime("window");
        return new WindowedStream<>(this, shape, Duration.ZERO);
    }

    /**
     * Each value joined with those of another stream that have the same key and a time that is {@code lower} to {@code upper} later,
     * both included; either may be negative. A pair is joined when the second of the two comes, and has its time. Values that come
     * behind the watermark go to the side outputs {@code late-left} and {@code late-right}.
     *
     * @throws IllegalStateException when the source of either has no event time
     */
    public <J> JoinedStreams<K, T, J> join(KeyedStream<K, J> other, Duration lower, Duration upper) {
        requireTime("join");
        other.requireTime("join");
        return new JoinedStreams<>(this, other, new JoinInterval(lower, upper));
    }

    Type<T> type() {
        return stream.form().type();
    }

    private void requireTime(String what) {
        if (!stream.isTimed()) {
            throw new IllegalStateException(
                    "a " + what + " needs event time, and a source of the stream has none: give it an EventTime");
        }
    }

    private ConnectedStreams.Input<T> input() {
        return new ConnectedStreams.Input<>(stream, exchange());
    }

    private Exchange exchange() {
        return new Exchange.Keyed(key.columns());
    }
}
