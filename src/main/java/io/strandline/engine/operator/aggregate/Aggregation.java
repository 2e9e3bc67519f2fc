package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.ColumnFunction;
import java.util.List;
import java.util.function.Supplier;

/** The aggregates of one subtask: updates entries from batches and writes results into the columns of an output batch. */
public final class Aggregation {

    private static final Object NO_ARGUMENT = new Object();

    private final Accumulator[] accumulators;
    private final ColumnFunction[] arguments;

    /** For one subtask. */
    public Aggregation(AggregateLayout layout) {
        List<Aggregate> aggregates = layout.aggregates();
        this.accumulators = layout.accumulators();
        this.arguments = new ColumnFunction[aggregates.size()];
        for (int i = 0; i < arguments.length; i++) {
            Supplier<? extends ColumnFunction> argument = aggregates.get(i).argument();
            arguments[i] = argument == null ? batch -> NO_ARGUMENT : argument.get();
        }
    }

    /** Adds every row of a batch; the value after each goes into {@code out}'s columns from {@code first} on. */
    public void add(long[] words, int[] entries, Batch batch, Batch out, int first) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].add(words, entries, batch.size(), arguments[i].apply(batch), out.column(first + i));
        }
    }

    /** Writes the values of entries 0 to {@code size} - 1 into {@code out}'s columns from {@code first} on. */
    public void read(long[] words, int[] entries, int size, Batch out, int first) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].read(words, entries, size, out.column(first + i));
        }
    }
}
