package io.strandline.api.harness;

import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.StreamForm;
import io.strandline.api.type.KeyForm;
import io.strandline.api.type.Type;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.OperatorContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ProcessFunction} as a job would, only crueller: value by value, with a snapshot and a restore in between when told
 * to, so that whatever the function keeps anywhere but in its state is lost.
 *
 * <pre>{@code
 * try (var harness = FunctionHarness.of(Counter::new, Types.STRING, Types.LONG, Types.LONG, true)) {
 *     harness.process("DFW", 20L);
 *     harness.process("DFW", 30L);
 *     assertThat(harness.emitted()).containsExactly(1L, 2L);
 * }
 * }</pre>
 *
 * @param <K> the key
 * @param <I> what comes in
 * @param <O> what goes out
 */
public final class FunctionHarness<K, I, O> implements AutoCloseable {

    private final KeyForm<K> keys;
    private final StreamForm<I> input;
    private final @Nullable StreamForm<?> other;
    private final StreamForm<O> output;
    private final ProcessFactory<K, I, O> factory;
    private final OperatorHarness harness;
    private final List<O> emitted = new ArrayList<>();
    private final Map<String, List<Object>> aside = new HashMap<>();

    private FunctionHarness(
            ProcessFactory<K, I, O> factory,
            KeyForm<K> keys,
            StreamForm<I> input,
            @Nullable StreamForm<?> other,
            StreamForm<O> output,
            boolean restores) {
        this.keys = keys;
        this.input = input;
        this.other = other;
        this.output = output;
        this.factory = factory;
        List<RowType> rows = other == null ? List.of(input.rows()) : List.of(input.rows(), other.rows());
        this.harness = new OperatorHarness(factory, rows, restores, 1, this::take);
    }

    /**
     * A function and the types of its keys and values.
     *
     * @param function a new object at each call
     * @param restores whether to snapshot and restore before everything that comes
     */
    public static <K, I, O> FunctionHarness<K, I, O> of(
            Supplier<? extends ProcessFunction<K, I, O>> function,
            Type<K> key,
            Type<I> input,
            Type<O> output,
            boolean restores) {
        KeyForm<K> keys = KeyForm.of("key", key);
        StreamForm<I> in = StreamForm.keyed(key, input);
        StreamForm<O> out = StreamForm.of(output);
        ProcessFactory<K, I, O> factory =
                new ProcessFactory<>(function, new ProcessFactory.Key<>(keys, List.of(0)), in, out);
        return new FunctionHarness<>(factory, keys, in, null, out, restores);
    }

    /**
     * A function of two streams, of which the other one is broadcast.
     *
     * @param function a new object at each call
     * @param restores whether to snapshot and restore before everything that comes
     */
    public static <K, I, J, O> FunctionHarness<K, I, O> broadcast(
            Supplier<? extends ConnectedFunction<K, I, J, O>> function,
            Type<K> key,
            Type<I> input,
            Type<J> other,
            Type<O> output,
            boolean restores) {
        KeyForm<K> keys = KeyForm.of("key", key);
        StreamForm<I> in = StreamForm.keyed(key, input);
        StreamForm<J> beside = StreamForm.of(other);
        StreamForm<O> out = StreamForm.of(output);
        ProcessFactory<K, I, O> factory = ProcessFactory.connected(
                function,
                new ProcessFactory.Key<>(keys, List.of(0)),
                in,
                new ProcessFactory.Other<>(beside, null),
                out);
        return new FunctionHarness<>(factory, keys, in, beside, out, restores);
    }

    /** A value without event time. */
    public void process(K key, I value) {
        process(key, value, Watermark.NONE);
    }

    /** A value with its event time. */
    public void process(K key, I value, long timestamp) {
        Batch batch = new Batch(input.rows(), 1);
        keys.write(keys.type().check(key), new Object[] {batch.column(0)}, 0);
        input.write(value, batch, 0);
        batch.timestamps()[0] = timestamp;
        batch.size(1);
        harness.process(0, batch);
    }

    /**
     * A value of the stream that is broadcast, without event time.
     *
     * @throws IllegalStateException when the function has but one
     */
    public void processOther(Object value) {
        if (other == null) {
            throw new IllegalStateException("the function takes one stream");
        }
        harness.process(1, batch(other, value));
    }

    private static <J> Batch batch(StreamForm<J> form, Object value) {
        Batch batch = new Batch(form.rows(), 1);
        form.write(form.type().check(value), batch, 0);
        batch.timestamps()[0] = Watermark.NONE;
        batch.size(1);
        return batch;
    }

    /** Lets event time reach {@code watermark}. */
    public void advance(long watermark) {
        harness.advance(watermark);
    }

    /** Lets the wall clock reach {@code millis}. */
    public void processingTime(long millis) {
        harness.wall(millis);
        harness.tick(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Takes a snapshot and goes on from it with a new function. */
    public void snapshotAndRestore() {
        harness.snapshotAndRestore();
    }

    /** Takes a snapshot, to which {@link #restore} goes back. */
    public Snapshot snapshot() {
        return new Snapshot(harness.snapshot());
    }

    /** Goes back to a snapshot with a new function; what was emitted since stays emitted. */
    public void restore(Snapshot snapshot) {
        harness.restore(snapshot.content);
    }

    /** What came out so far. */
    public List<O> emitted() {
        return List.copyOf(emitted);
    }

    /** What came out so far by a side output. */
    public List<Object> emitted(String side) {
        return List.copyOf(aside.getOrDefault(side, List.of()));
    }

    /** The entries of a state, as a version has them: key columns, namespace, value columns. */
    public List<List<Object>> state(String name) {
        return harness.state(name);
    }

    /** The digest of all that the function keeps. */
    public String digest() {
        return harness.digest();
    }

    @Override
    public void close() {
        harness.close();
    }

    private void take(int number, Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            if (number == 0) {
                emitted.add(output.read(batch, row));
            } else {
                var side = factory.sides().get(number - 1);
                aside.computeIfAbsent(side.name(), name -> new ArrayList<>())
                        .add(StreamForm.of(side.type()).read(batch, row));
            }
        }
    }

    /** What a function kept at one moment. */
    public static final class Snapshot {

        private final List<OperatorContent> content;

        private Snapshot(List<OperatorContent> content) {
            this.content = content;
        }
    }
}
