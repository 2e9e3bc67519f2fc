package io.strandline.runner.embedded;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.row.RowPredicate;
import io.strandline.expression.ColumnKernel;
import io.strandline.expression.Columns;
import io.strandline.expression.CompiledExpression;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiled expressions as the engine's functions over batches. Each supplier makes one function a subtask. */
final class KernelFunctions {

    private KernelFunctions() {}

    /** The rows for which a boolean expression is true. */
    static Supplier<RowPredicate> predicate(CompiledExpression where) {
        return () -> {
            ColumnKernel kernel = where.newKernel();
            BatchColumns columns = new BatchColumns();
            return (batch, selected) -> kernel.select(columns.of(batch), batch.size(), selected);
        };
    }

    /** The expression's values; a plain column is passed on as it is. */
    static Supplier<ColumnFunction> column(CompiledExpression expression) {
        OptionalInt column = expression.column();
        if (column.isPresent()) {
            int index = column.getAsInt();
            return () -> batch -> batch.column(index);
        }
        return () -> {
            ColumnKernel kernel = expression.newKernel();
            BatchColumns columns = new BatchColumns();
            return switch (expression.type().physical()) {
                case LONGS -> batch -> kernel.longs(columns.of(batch), batch.size());
                case DOUBLES -> batch -> kernel.doubles(columns.of(batch), batch.size());
                case OBJECTS -> batch -> kernel.objects(columns.of(batch), batch.size());
            };
        };
    }

    /** Lets a kernel read the batch at hand. */
    private static final class BatchColumns implements Columns {

        private @Nullable Batch batch;

        BatchColumns of(Batch current) {
            batch = current;
            return this;
        }

        @Override
        public long[] longs(int column) {
            return current().longs(column);
        }

        @Override
        public double[] doubles(int column) {
            return current().doubles(column);
        }

        @Override
        public Object[] objects(int column) {
            return current().objects(column);
        }

        private Batch current() {
            return Objects.requireNonNull(batch, "no batch yet");
        }
    }
}
