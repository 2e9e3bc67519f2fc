package io.strandline.engine.operator.row;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes operators that turn each row into one of new columns. */
public record MapFactory(List<ComputedColumn> columns) implements OperatorFactory {

    public MapFactory {
        columns = List.copyOf(columns);
    }

    @Override
    public RowType output() {
        return new RowType(columns.stream().map(ComputedColumn::column).toList());
    }

    @Override
    public List<StateSchema> states() {
        return List.of();
    }

    @Override
    public Operator create() {
        return new Projection(
                output(),
                columns.stream().map(column -> column.function().get()).toArray(ColumnFunction[]::new));
    }

    /** Emits a batch whose columns are the functions' arrays; nothing is copied. */
    private static final class Projection implements Operator {

        private final RowType type;
        private final ColumnFunction[] functions;
        private @Nullable Batch out;

        Projection(RowType type, ColumnFunction[] functions) {
            this.type = type;
            this.functions = functions;
        }

        @Override
        public void open(OperatorContext context) {
            out = new Batch(type, context.batchSize());
        }

        @Override
        public void process(Batch batch, Output output) {
            Batch projected = out;
            if (projected == null) {
                throw new IllegalStateException("not open");
            }
            for (int column = 0; column < functions.length; column++) {
                projected.share(column, functions[column].apply(batch));
            }
            projected.shareTimestamps(batch.timestamps());
            projected.size(batch.size());
            output.emit(projected);
        }
    }
}
