package io.strandline.engine.operator.aggregate;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * How aggregates lie in the words of a value. Each takes a column of its own name with its result; a mean also keeps
 * {@code <name>~sum} and {@code <name>~count} behind it. Names with a tilde cannot be written in a pipeline, so readers who
 * show values leave such columns out.
 *
 * @param aggregates in the order of the output columns
 */
public record AggregateLayout(List<Aggregate> aggregates) {

    public AggregateLayout {
        aggregates = List.copyOf(aggregates);
    }

    /** The value's columns. */
    public List<Column> value() {
        List<Column> value = new ArrayList<>();
        for (Aggregate aggregate : aggregates) {
            value.add(aggregate.output());
            if (aggregate.function() == Aggregate.Function.AVG) {
                value.add(new Column(aggregate.name() + "~sum", aggregate.argumentType()));
                value.add(new Column(aggregate.name() + "~count", ColumnType.LONG));
            }
        }
        return value;
    }

    /** The words of a key without rows. */
    public long[] initial() {
        long[] initial = new long[value().size()];
        int at = 0;
        for (Aggregate aggregate : aggregates) {
            boolean floating = aggregate.argumentType() == ColumnType.DOUBLE;
            if (aggregate.function() == Aggregate.Function.MIN) {
                initial[at] = floating ? Double.doubleToRawLongBits(Double.POSITIVE_INFINITY) : Long.MAX_VALUE;
            } else if (aggregate.function() == Aggregate.Function.MAX) {
                initial[at] = floating ? Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY) : Long.MIN_VALUE;
            }
            at += width(aggregate);
        }
        return initial;
    }

    /** One accumulator an aggregate. */
    Accumulator[] accumulators() {
        Accumulator[] accumulators = new Accumulator[aggregates.size()];
        int at = 0;
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i] = Accumulator.of(aggregates.get(i), at);
            at += width(aggregates.get(i));
        }
        return accumulators;
    }

    private static int width(Aggregate aggregate) {
        return aggregate.function() == Aggregate.Function.AVG ? 3 : 1;
    }
}
