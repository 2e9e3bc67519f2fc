package io.strandline.runner.plugin;

import io.strandline.api.function.Configuration;
import io.strandline.api.function.ConfigurationException;
import io.strandline.api.function.RowFunction;
import io.strandline.api.operator.ProcessFactory;
import io.strandline.api.operator.StreamForm;
import io.strandline.api.operator.UserCodeException;
import io.strandline.api.type.Columns;
import io.strandline.api.type.KeyForm;
import io.strandline.api.type.Row;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.snapshot.Column;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes configured objects of one plug-in class for one operator. */
final class RowFunctions {

    private final Class<? extends RowFunction> type;
    private final Configuration config;
    private final Columns input;
    private final List<String> keyBy;

    RowFunctions(Class<? extends RowFunction> type, OperatorSpec.Process spec, List<Column> input) {
        this.type = type;
        this.config = new Configuration(spec.config());
        this.input = Columns.of(input);
        this.keyBy = spec.keyBy();
    }

    ProcessFactory<Row, Row, Row> factory() {
        Columns output = configure(make());
        if (output.size() == 0) {
            throw new UserCodeException(type, "configure", new IllegalStateException("no output columns"));
        }
        return new ProcessFactory<>(this::configured, key(), StreamForm.of(input), StreamForm.of(output));
    }

    private ProcessFactory.@Nullable Key<Row> key() {
        if (keyBy.isEmpty()) {
            return null;
        }
        List<Integer> indexes = keyBy.stream().map(input::indexOf).toList();
        Columns key =
                new Columns(keyBy, indexes.stream().map(input.types()::get).toList());
        return new ProcessFactory.Key<>(KeyForm.of(key), indexes);
    }

    private RowFunction configured() {
        RowFunction function = make();
        configure(function);
        return function;
    }

    private Columns configure(RowFunction function) {
        try {
            return function.configure(config, input);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw new UserCodeException(type, "configure", e);
        }
    }

    private RowFunction make() {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new UserCodeException(type, "its constructor", e.getTargetException());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UserCodeException(
                    type, "being made: it needs to be public, with a public constructor without arguments", e);
        }
    }
}
