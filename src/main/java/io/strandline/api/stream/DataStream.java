package io.strandline.api.stream;

import io.strandline.api.function.Collector;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.operator.KeyingFactory;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.StreamForm;
import io.strandline.api.type.Type;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.OperatorFactory;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream of values. */
public final class DataStream<T> {

    private static final String KEYING = ".key";

    private final StreamJob job;
    private final String from;
    private final int output;
    private final StreamForm<T> form;
    private final boolean timed;
    private final @Nullable ProcessFactory<?, ?, ?> made;

    private DataStream(
            StreamJob job, Place place, StreamForm<T> form, boolean timed, @Nullable ProcessFactory<?, ?, ?> made) {
        this.job = job;
        this.from = place.vertex;
        this.output = place.output;
        this.form = form;
        this.timed = timed;
        this.made = made;
    }

    /** What a source yields; {@code timed} if it has event time. */
    static <T> DataStream<T> source(StreamJob job, String source, StreamForm<T> form, boolean timed) {
        return new DataStream<>(job, new Place(source, 0), form, timed, null);
    }

    /** Each value as another one. */
    public <R> DataStream<R> map(String name, Type<R> type, Function<? super T, ? extends R> function) {
        return flatMap(name, type, (value, out) -> out.collect(function.apply(value)));
    }

    /** The values for which a condition is true. */
    public DataStream<T> filter(String name, Predicate<? super T> condition) {
        return flatMap(name, form.type(), (value, out) -> {
            if (condition.test(value)) {
                out.collect(value);
            }
        });
    }

    /** Any number of values for each. */
    public <R> DataStream<R> flatMap(String name, Type<R> type, BiConsumer<? super T, Collector<R>> function) {
        return this.<R>process(name, type, () -> (value, context, out) -> function.accept(value, out));
    }

    /** Whatever a function without keys does; {@code functions} makes a new one at each call. */
    public <R> DataStream<R> process(
            String name, Type<R> type, Supplier<? extends ProcessFunction<Void, T, R>> functions) {
        StreamForm<R> yields = StreamForm.of(type);
        return then(
                name, new ProcessFactory<Void, T, R>(functions, null, form, yields), new Exchange.Forward(), yields);
    }

    /** The values by their keys. A value whose key is null fails the job. */
    public <K> KeyedStream<K, T> keyBy(Type<K> key, Function<? super T, ? extends @Nullable K> selector) {
        KeyingFactory<K, T> keying = new KeyingFactory<>(form, key, selector);
        String name = (output == 0 ? from : from + "." + output) + KEYING;
        add(name, keying, new Exchange.Forward());
        return new KeyedStream<>(at(new Place(name, 0), keying.keyed(), null), keying.key());
    }

    /** The same values, each for every subtask of what they are connected to. */
    public BroadcastStream<T> broadcast() {
        return new BroadcastStream<>(this);
    }

    /** These values together with those of another stream, of which every subtask gets every value. */
    public <J> ConnectedStreams<Void, T, J> connect(BroadcastStream<J> other) {
        return new ConnectedStreams<>(
                new ConnectedStreams.Input<>(this, new Exchange.Forward()), null, other.input(), other.other());
    }

    /**
     * A side output of the function that this stream comes from.
     *
     * @throws IllegalArgumentException when the function declares none of that name and type
     */
    public <S> DataStream<S> side(String name, Type<S> type) {
        if (made != null) {
            for (var side : made.sides()) {
                if (side.name().equals(name) && side.type().equals(type)) {
                    return at(new Place(from, side.index()), StreamForm.of(type), null);
                }
            }
        }
        throw new IllegalArgumentException("%s has no side output '%s' of %s".formatted(from, name, type));
    }

    /** Rows, or values in a column called {@code value}, into a sink. */
    public void into(String name, Sink sink) {
        job.add(new Vertex.SinkVertex(name, job.subtasks(), sink), List.of(edge(name, new Exchange.Forward())));
    }

    /** Each value to a consumer, which is called by workers: at once, and again for what is replayed after a failure. */
    public void forEach(String name, Consumer<? super T> consumer) {
        into(name, new ConsumerSink<>(form, consumer));
    }

    <R> DataStream<R> then(String name, ProcessFactory<?, T, R> factory, Exchange exchange, StreamForm<R> yields) {
        add(name, factory, exchange);
        return at(new Place(name, 0), yields, factory);
    }

    /** What an operator makes of these values and those of a stream beside them. */
    <R> DataStream<R> then(
            String name,
            OperatorFactory factory,
            Exchange exchange,
            ConnectedStreams.Input<?> beside,
            StreamForm<R> yields) {
        job.add(
                new Vertex.OperatorVertex(name, job.subtasks(), factory),
                List.of(edge(name, exchange), beside.stream().edge(name, beside.exchange())));
        return at(new Place(name, 0), yields, factory instanceof ProcessFactory<?, ?, ?> process ? process : null);
    }

    /** Whether values have event time. */
    boolean isTimed() {
        return timed;
    }

    StreamForm<T> form() {
        return form;
    }

    private void add(String name, OperatorFactory factory, Exchange exchange) {
        job.add(new Vertex.OperatorVertex(name, job.subtasks(), factory), List.of(edge(name, exchange)));
    }

    private <R> DataStream<R> at(Place place, StreamForm<R> yields, @Nullable ProcessFactory<?, ?, ?> factory) {
        return new DataStream<>(job, place, yields, timed, factory);
    }

    private Edge edge(String to, Exchange exchange) {
        return new Edge(from, output, to, exchange);
    }

    /** One output of one vertex. */
    private record Place(String vertex, int output) {}
}
