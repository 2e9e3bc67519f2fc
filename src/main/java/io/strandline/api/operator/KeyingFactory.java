package io.strandline.api.operator;

import io.strandline.api.type.KeyForm;
import io.strandline.api.type.Type;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.engine.operator.RowFailureException;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a value's key in front of it, for the exchange that follows. */
public final class KeyingFactory<K, T> implements OperatorFactory {

    private final StreamForm<T> input;
    private final StreamForm<T> output;
    private final KeyForm<K> form;
    private final Function<? super T, ? extends @Nullable K> selector;

    /** @param selector null for a value is that value's failure */
    public KeyingFactory(StreamForm<T> input, Type<K> key, Function<? super T, ? extends @Nullable K> selector) {
        this.input = input;
        this.output = StreamForm.keyed(key, input.type());
        this.form = KeyForm.of("key", key);
        this.selector = selector;
    }

    /** How keys and values travel from there on. */
    public StreamForm<T> keyed() {
        return output;
    }

    /** The keys as they travel from there on. */
    public ProcessFactory.Key<K> key() {
        return new ProcessFactory.Key<>(form, List.of(0));
    }

    @Override
    public RowType output() {
        return output.rows();
    }

    @Override
    public List<StateSchema> states() {
        return List.of();
    }

    @Override
    public Operator create() {
        return new Keying();
    }

    /** Selects keys in one subtask. */
    private final class Keying implements Operator {

        private @Nullable Batch rows;

        @Override
        public void open(OperatorContext context) {
            rows = new Batch(output.rows(), context.batchSize());
        }

        @Override
        public void process(Batch batch, Output into) {
            Batch out = rows;
            if (out == null) {
                throw new IllegalStateException("not open");
            }
            out.clear();
            Object[] keys = {out.column(0)};
            for (int row = 0; row < batch.size(); row++) {
                T value = input.read(batch, row);
                form.write(key(value, row), keys, row);
                output.write(value, out, row);
                out.timestamps()[row] = batch.timestamps()[row];
            }
            out.size(batch.size());
            into.emit(out);
            out.forget();
        }

        private K key(T value, int row) {
            Object[] selected = new Object[1];
            UserCode.call(selector, "selecting the key of " + value, () -> selected[0] = selector.apply(value));
            if (selected[0] == null) {
                String detail = "the key of " + value + " is null";
                throw new RowFailureException(
                        List.of(new RowFailureException.Failure(row, detail)), new NullPointerException(detail));
            }
            return form.type().check(selected[0]);
        }
    }
}
