package io.strandline.engine.operator.aggregate;

import io.strandline.engine.operator.ColumnFunction;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate over the rows of a key.
 *
 * @param name of the output column
 * @param function what is computed
 * @param argumentType one that the function takes
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
        if (!function.takes(argumentType)) {
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

    /** The least or greatest event time of the rows. */
    public static Aggregate ofTimes(String name, Function function) {
        return new Aggregate(name, function, ColumnType.TIMESTAMP, () -> batch -> batch.timestamps());
    }

    /** The output column. */
    public Column output() {
        return new Column(
                name,
                switch (function) {
                    case COUNT, APPROX_COUNT_DISTINCT -> ColumnType.LONG;
                    case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> ColumnType.DOUBLE;
                    case SUM, MIN, MAX, FIRST, LAST -> argumentType;
                });
    }

    /**
     * The columns of its share of a value: the output, and behind it what else has to be remembered, called
     * {@code <name>~<what>}.
     */
    List<Column> value() {
        boolean floating = argumentType == ColumnType.DOUBLE;
        List<Column> value = new ArrayList<>(List.of(output()));
        switch (function) {
            case COUNT -> {}
            case SUM -> {
                if (floating) {
                    add(value, ColumnType.DOUBLE, "low");
                }
            }
            case MIN, MAX -> {
                if (argumentType == ColumnType.STRING) {
                    add(value, ColumnType.BOOLEAN, "set");
                }
            }
            case AVG -> {
                add(value, argumentType, floating ? new String[] {"sum", "low"} : new String[] {"sum"});
                add(value, ColumnType.LONG, "count");
            }
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> {
                // names of their own, since the sums of one are none of the other
                add(value, ColumnType.LONG, floating ? "real-count" : "count");
                String[] sums = floating
                        ? new String[] {"real-sum", "real-sum-low", "real-squares", "real-squares-low"}
                        : new String[] {"sum", "squares-high", "squares-low"};
                add(value, argumentType, sums);
            }
            case FIRST, LAST -> add(value, ColumnType.TIMESTAMP, "time");
            case APPROX_COUNT_DISTINCT -> add(value, ColumnType.BYTES, "sketch");
        }
        return value;
    }

    private void add(List<Column> value, ColumnType type, String... what) {
        for (String part : what) {
            value.add(new Column(name + "~" + part, type));
        }
    }

    /** Its accumulator, for words from {@code at} on. */
    Accumulator accumulator(int at) {
        boolean floating = argumentType == ColumnType.DOUBLE;
        return switch (function) {
            case COUNT -> new WholeNumbers.Count(at);
            case SUM -> floating ? new Doubles.Sum(at) : new WholeNumbers.Sum(at);
            case AVG -> floating ? new Doubles.Mean(at) : new WholeNumbers.Mean(at);
            case MIN, MAX -> extreme(at, function == Function.MIN);
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> {
                Spread.Measure measure = Spread.Measure.valueOf(function.name());
                yield floating ? new Spread.OfDoubles(at, measure) : new Spread.OfLongs(at, measure);
            }
            case FIRST, LAST -> new ByTime(at, argumentType, function == Function.FIRST);
            case APPROX_COUNT_DISTINCT -> new Distinct(at);
        };
    }

    private Accumulator extreme(int at, boolean least) {
        return argumentType == ColumnType.DOUBLE || argumentType == ColumnType.STRING
                ? new Extreme(at, argumentType, least)
                : new WholeNumbers.Extreme(at, least);
    }

    /** What is computed. */
    public enum Function {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVG,
        VAR_POP,
        VAR_SAMP,
        STDDEV_POP,
        STDDEV_SAMP,
        /** By event time. */
        FIRST,
        /** By event time. */
        LAST,
        APPROX_COUNT_DISTINCT;

        /** Whether it is defined over values of a type. */
        public boolean takes(ColumnType type) {
            return switch (this) {
                case COUNT -> type == ColumnType.LONG;
                case SUM -> type == ColumnType.LONG || type == ColumnType.DOUBLE || type == ColumnType.DURATION;
                case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                    type == ColumnType.LONG || type == ColumnType.DOUBLE;
                case MIN, MAX, FIRST, LAST, APPROX_COUNT_DISTINCT -> type != ColumnType.BYTES;
            };
        }
    }
}
