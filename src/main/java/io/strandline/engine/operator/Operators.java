package io.strandline.engine.operator;

import io.strandline.engine.element.RowType;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Makes factories of the built-in operators. */
public final class Operators {

    private Operators() {}

    /** Passes on the rows that a predicate chooses. */
    public static OperatorFactory filter(RowType rows, Supplier<? extends RowPredicate> predicate) {
        return new FilterFactory(rows, predicate);
    }

    /** Makes a row of new columns out of each row. */
    public static OperatorFactory map(List<ComputedColumn> columns) {
        return new MapFactory(columns);
    }

    /**
     * Running aggregates per key, kept in the state {@code aggregates}; emits key columns, then aggregates.
     *
     * @param keys indexes of the key columns in {@code input}
     */
    public static OperatorFactory aggregate(
            RowType input, List<Integer> keys, List<Aggregate> aggregates, Emission emission) {
        return new KeyedAggregateFactory(input, keys, aggregates, emission);
    }

    /**
     * Aggregates per key and tumbling window of event time, kept in the state {@code panes}; emits key columns, then
     * {@code window_start} and {@code window_end}, then aggregates, when the watermark reaches a window's end and again for
     * each row that comes at most {@code allowedLateness} later.
     *
     * @param keys indexes of the key columns in {@code input}
     */
    public static OperatorFactory tumblingWindow(
            RowType input, List<Integer> keys, List<Aggregate> aggregates, Duration size, Duration allowedLateness) {
        return new TumblingWindowFactory(input, keys, aggregates, size, allowedLateness);
    }
}
