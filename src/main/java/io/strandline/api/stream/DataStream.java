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
    private final @Nullable ProcessFactory<?, ?, ?> made;

    DataStream(StreamJob job, String from, int output, StreamForm<T> form) {
        this(job, from, output, form, null);
    }

    private DataStream(
            StreamJob job, String from, int output, StreamForm<T> form, @Nullable ProcessFactory<?, ?, ?> made) {
        this.job = job;
        this.from = from;
        this.output = output;
        this.form = form;
        this.made = made;
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
        return new KeyedStream<>(new DataStream<>(job, name, 0, keying.keyed()), keying.key());
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
                    return new DataStream<>(job, from, side.index(), StreamForm.of(type));
                }
            }
        }
        throw new IllegalArgumentException("%s has no side output '%s' of %s".formatted(from, name, type));
    }

    /** Rows, or values in a column called {@code value}, into a sink. */
    public void into(String name, Sink sink) {
        job.add(new Vertex.SinkVertex(name, job.subtasks(), sink), edge(name, new Exchange.Forward()));
    }

    /** Each value to a consumer, which is called by workers: at once, and again for what is replayed after a failure. */
    public void forEach(String name, Consumer<? super T> consumer) {
        into(name, new ConsumerSink<>(form, consumer));
    }

    <R> DataStream<R> then(String name, ProcessFactory<?, T, R> factory, Exchange exchange, StreamForm<R> yields) {
        add(name, factory, exchange);
        return new DataStream<>(job, name, 0, yields, factory);
    }

    StreamForm<T> form() {
        return form;
    }

    private void add(String name, OperatorFactory factory, Exchange exchange) {
        job.add(new Vertex.OperatorVertex(name, job.subtasks(), factory), edge(name, exchange));
    }

    private Edge edge(String to, Exchange exchange) {
        return new Edge(from, output, to, exchange);
    }
}
