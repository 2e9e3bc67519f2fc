package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.StateSchema;
import java.util.List;

/** Makes operators that turn each row into one of new columns. */
record MapFactory(List<ComputedColumn> columns) implements OperatorFactory {

    MapFactory {
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

        private final ColumnFunction[] functions;
        private final Batch out;

        Projection(RowType output, ColumnFunction[] functions) {
            this.functions = functions;
            this.out = new Batch(output, 0);
        }

        @Override
        public void open(OperatorContext context) {}

        @Override
        public void process(Batch batch, Output output) {
            for (int column = 0; column < functions.length; column++) {
                out.share(column, functions[column].apply(batch));
            }
            out.shareTimestamps(batch.timestamps());
            out.size(batch.size());
            output.emit(out);
        }
    }
}
