package io.strandline.runner.embedded;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.row.RowPredicate;
import io.strandline.expression.ColumnKernel;
import io.strandline.expression.Columns;
import io.strandline.expression.CompiledExpression;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Compiled expressions as the engine's functions over batches. Each supplier makes one function a subtask. */
final class KernelFunctions {

    private KernelFunctions() {}

    /** The rows for which a boolean expression is true. */
    static Supplier<RowPredicate> predicate(CompiledExpression where) {
        return () -> {
            ColumnKernel kernel = where.newKernel();
            return (batch, selected) -> kernel.select(new BatchColumns(batch), batch.size(), selected);
        };
    }

    /** The expression's values; a plain column is passed on as it is. */
    static Supplier<ColumnFunction> column(CompiledExpression expression) {
        OptionalInt column = expression.column();
        if (column.isPresent()) {
            int index = column.getAsInt();
            return () -> batch -> batch.column(index);
        }
        return switch (expression.type().physical()) {
            case LONGS -> () -> new LongColumn(expression.newKernel());
            case DOUBLES -> () -> new DoubleColumn(expression.newKernel());
            case OBJECTS -> () -> new ObjectColumn(expression.newKernel());
        };
    }

    /** Lets a kernel read the batch at hand. */
    private record BatchColumns(Batch batch) implements Columns {

        @Override
        public long[] longs(int column) {
            return batch.longs(column);
        }

        @Override
        public double[] doubles(int column) {
            return batch.doubles(column);
        }

        @Override
        public Object[] objects(int column) {
            return batch.objects(column);
        }
    }

    /** Computes a column of integers, timestamps, durations and booleans. */
    private static final class LongColumn implements ColumnFunction {

        private final ColumnKernel kernel;
        private long[] values = new long[0];

        LongColumn(ColumnKernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public Object apply(Batch batch) {
            if (values.length < batch.size()) {
                values = new long[batch.capacity()];
            }
            kernel.longs(new BatchColumns(batch), batch.size(), values);
            return values;
        }
    }

    /** Computes a column of doubles. */
    private static final class DoubleColumn implements ColumnFunction {

        private final ColumnKernel kernel;
        private double[] values = new double[0];

        DoubleColumn(ColumnKernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public Object apply(Batch batch) {
            if (values.length < batch.size()) {
                values = new double[batch.capacity()];
            }
            kernel.doubles(new BatchColumns(batch), batch.size(), values);
            return values;
        }
    }

    /** Computes a column of strings. */
    private static final class ObjectColumn implements ColumnFunction {

        private final ColumnKernel kernel;
        private Object[] values = new Object[0];

        ObjectColumn(ColumnKernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public Object apply(Batch batch) {
            if (values.length < batch.size()) {
                values = new Object[batch.capacity()];
            }
            kernel.objects(new BatchColumns(batch), batch.size(), values);
            return values;
        }
    }
}
