package io.strandline.engine.operator.aggregate;

import io.strandline.engine.operator.ColumnFunction;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate over the rows of a key.
 *
 * @param name of the output column
 * @param function what is computed
 * @param argumentType LONG or DOUBLE (or a type of the same array for MIN and MAX)
 * @param argument makes the argument's function for each subtask; null for COUNT
 */
public record Aggregate(
        String name,
        Function function,
        ColumnType argumentType,
        @Nullable Supplier<? extends ColumnFunction> argument) {

    public Aggregate {
        if ((function == Function.COUNT) != (argument == null)) {
            throw new IllegalArgumentException("aggregate " + name + ": " + function + " with argument " + argument);
        }
        if (!argumentType.fixedWidth()) {
            throw new IllegalArgumentException("aggregate " + name + ": " + function + " of " + argumentType);
        }
    }

    /** The number of rows. */
    public static Aggregate count(String name) {
        return new Aggregate(name, Function.COUNT, ColumnType.LONG, null);
    }

    /** An aggregate of a column of the input. */
    public static Aggregate of(String name, Function function, ColumnType type, int input) {
        return new Aggregate(name, function, type, () -> batch -> batch.column(input));
    }

    /** The output column. */
    public Column output() {
        return new Column(
                name,
                switch (function) {
                    case COUNT -> ColumnType.LONG;
                    case AVG -> ColumnType.DOUBLE;
                    case SUM, MIN, MAX -> argumentType;
                });
    }

    /** What is computed. */
    public enum Function {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVG
    }
}
