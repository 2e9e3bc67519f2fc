package io.strandline.runner.embedded;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.RowFailureException;
import io.strandline.engine.operator.row.RowPredicate;
import io.strandline.expression.ColumnKernel;
import io.strandline.expression.CompiledExpression;
import io.strandline.expression.EvaluationException;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Compiled expressions as the engine's functions over batches. Each supplier makes one function a subtask. */
final class KernelFunctions {

    private KernelFunctions() {}

    /** The rows for which a boolean expression is true. */
    static Supplier<RowPredicate> predicate(CompiledExpression where) {
        return () -> {
            ColumnKernel kernel = where.newKernel();
            BatchColumns columns = new BatchColumns();
            return (batch, selected) -> {
                try {
                    return kernel.select(columns.of(batch), batch.size(), selected);
                } catch (EvaluationException e) {
                    throw failed(batch, e);
                }
            };
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
            ColumnFunction values = values(expression.newKernel());
            return batch -> {
                try {
                    return values.apply(batch);
                } catch (EvaluationException e) {
                    throw failed(batch, e);
                }
            };
        };
    }

    private static ColumnFunction values(ColumnKernel kernel) {
        BatchColumns columns = new BatchColumns();
        return switch (kernel.type().physical()) {
            case LONGS -> batch -> kernel.longs(columns.of(batch), batch.size());
            case DOUBLES -> batch -> kernel.doubles(columns.of(batch), batch.size());
            case OBJECTS -> batch -> kernel.objects(columns.of(batch), batch.size());
        };
    }

    private static RowFailureException failed(Batch batch, EvaluationException e) {
        return new RowFailureException(
                e.failures().stream()
                        .map(failure -> new RowFailureException.Failure(
                                failure.row(),
                                "'" + e.expression() + "' at " + failure + "; the row is "
                                        + BatchColumns.describe(batch, failure.row())))
                        .toList(),
                e);
    }
}
