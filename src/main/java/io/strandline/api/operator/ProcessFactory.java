package io.strandline.api.operator;

import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.SideTag;
import io.strandline.api.type.KeyForm;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.SideOutput;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes operators out of a user's function; learns what it declares from a trial object. */
public final class ProcessFactory<K, I, O> implements OperatorFactory {

    private static final int TRIAL_BATCH = 1;

    private final Supplier<? extends ProcessFunction<K, I, O>> functions;
    private final @Nullable Key<K> key;
    private final StreamForm<I> input;
    private final @Nullable Other<?> other;
    private final StreamForm<O> output;
    private final List<StateSchema> states;
    private final List<SideTag<?>> sides;

    /**
     * How the input is keyed.
     *
     * @param form the keys
     * @param columns indexes of the input's key columns
     */
    public record Key<K>(KeyForm<K> form, List<Integer> columns) {

        public Key {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A second input.
     *
     * @param form its values
     * @param keyColumns indexes of its columns with the key; null when every subtask gets every value
     */
    public record Other<J>(StreamForm<J> form, @Nullable List<Integer> keyColumns) {}

    /**
     * Opens a trial object.
     *
     * @param functions a new object at each call
     * @param key null for a stream without keys
     * @throws UserCodeException when the function cannot be made or opened, or declares what cannot be
     */
    public ProcessFactory(
            Supplier<? extends ProcessFunction<K, I, O>> functions,
            @Nullable Key<K> key,
            StreamForm<I> input,
            StreamForm<O> output) {
        this(functions, key, input, null, output);
    }

    private ProcessFactory(
            Supplier<? extends ProcessFunction<K, I, O>> functions,
            @Nullable Key<K> key,
            StreamForm<I> input,
            @Nullable Other<?> other,
            StreamForm<O> output) {
        this.functions = functions;
        this.key = key;
        this.input = input;
        this.other = other;
        this.output = output;
        Declarations<K> trial = new Declarations<>(keyForm(), 0, TRIAL_BATCH);
        UserCode.open(functions.get(), trial);
        this.states = trial.schemas();
        this.sides = trial.sides();
    }

    /**
     * Operators of two inputs; opens a trial object, too.
     *
     * @throws UserCodeException as above
     */
    public static <K, I, J, O> ProcessFactory<K, I, O> connected(
            Supplier<? extends ConnectedFunction<K, I, J, O>> functions,
            @Nullable Key<K> key,
            StreamForm<I> input,
            Other<J> other,
            StreamForm<O> output) {
        return new ProcessFactory<>(functions, key, input, other, output);
    }

    @Override
    public int inputs() {
        return other == null ? 1 : 2;
    }

    @Override
    public RowType output() {
        return output.rows();
    }

    @Override
    public List<SideOutput> outputs() {
        return sides.stream()
                .map(side ->
                        new SideOutput(side.name(), StreamForm.of(side.type()).rows()))
                .toList();
    }

    @Override
    public List<StateSchema> states() {
        return states;
    }

    @Override
    public Operator create() {
        return new ProcessOperator<>(this);
    }

    /** The side outputs that it declares. */
    public List<SideTag<?>> sides() {
        return sides;
    }

    ProcessFunction<K, I, O> function() {
        return functions.get();
    }

    @Nullable
    Key<K> key() {
        return key;
    }

    @Nullable
    KeyForm<K> keyForm() {
        return key == null ? null : key.form();
    }

    StreamForm<I> inputForm() {
        return input;
    }

    @Nullable
    Other<?> other() {
        return other;
    }

    StreamForm<O> outputForm() {
        return output;
    }
}
