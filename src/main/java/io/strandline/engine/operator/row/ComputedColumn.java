package io.strandline.engine.operator.row;

import io.strandline.engine.operator.ColumnFunction;
import io.strandline.snapshot.Column;
import java.util.function.Supplier;

/**
 * A column that is computed.
 *
 * @param column its name and type
 * @param function makes a function for each subtask
 */
public record ComputedColumn(Column column, Supplier<? extends ColumnFunction> function) {

    /** A column of the input, under the same or another name. */
    public static ComputedColumn of(Column column, int input) {
        return new ComputedColumn(column, () -> batch -> batch.column(input));
    }
}
