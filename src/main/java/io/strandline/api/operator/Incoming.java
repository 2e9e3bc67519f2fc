package io.strandline.api.operator;

import io.strandline.api.function.Collector;
import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.function.Context;
import io.strandline.api.function.ProcessFunction;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a function: how its values and their keys are read, and which callback takes them.
 *
 * @param callback its name, for failures
 * @param keys null for values without keys
 */
record Incoming<K, V, O>(
        String callback, StreamForm<V> form, @Nullable KeyReader<K> keys, Taker<K, V, O> taker) {

    /** The inputs of a function. */
    static <K, I, O> List<Incoming<K, ?, O>> of(ProcessFactory<K, I, O> made, ProcessFunction<K, I, O> function) {
        ProcessFactory.Key<K> key = made.key();
        Incoming<K, I, O> first = new Incoming<>(
                "process",
                made.inputForm(),
                key == null ? null : new KeyReader<>(made.inputForm(), key),
                function::process);
        ProcessFactory.Other<?> other = made.other();
        return other == null ? List.of(first) : List.of(first, other(other, key, function));
    }

    @SuppressWarnings("unchecked") // the factory was given the function and its other input's form together
    private static <K, J, O> Incoming<K, J, O> other(
            ProcessFactory.Other<J> other, ProcessFactory.@Nullable Key<K> key, ProcessFunction<K, ?, O> function) {
        ConnectedFunction<K, ?, J, O> connected = (ConnectedFunction<K, ?, J, O>) function;
        List<Integer> columns = other.keyColumns();
        KeyReader<K> keys = key == null || columns == null
                ? null
                : new KeyReader<>(other.form(), new ProcessFactory.Key<>(key.form(), columns));
        return new Incoming<>("processOther", other.form(), keys, connected::processOther);
    }

    /** The keys of a batch's rows; none for values without. */
    List<K> keysOf(Batch batch) {
        return keys == null ? List.of() : keys.of(batch);
    }

    /** Whether each value has a key. */
    boolean keyed() {
        return keys != null;
    }

    /** Hands a value to the function. */
    @FunctionalInterface
    interface Taker<K, V, O> {

        void take(V value, Context<K> context, Collector<O> out) throws Exception;
    }

    /** Reads the keys of batches. */
    static final class KeyReader<K> {

        private final ProcessFactory.Key<K> key;
        private final BatchKeys columns;
        private final Object[] arrays;

        KeyReader(StreamForm<?> input, ProcessFactory.Key<K> key) {
            this.key = key;
            this.columns = new BatchKeys(input.rows(), key.columns());
            this.arrays = new Object[key.columns().size()];
        }

        List<K> of(Batch batch) {
            columns.of(batch);
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = columns.array(i);
            }
            List<K> keys = new ArrayList<>(batch.size());
            for (int row = 0; row < batch.size(); row++) {
                keys.add(key.form().read(arrays, row));
            }
            return keys;
        }
    }
}
