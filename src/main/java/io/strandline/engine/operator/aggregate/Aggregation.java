package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.state.KeyedTable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of one subtask: updates entries from batches, merges entries, and writes results into the columns of an
 * output batch.
 */
public final class Aggregation {

    private static final Object NO_ARGUMENT = new Object();

    private final Accumulator[] accumulators;
    private final ColumnFunction[] arguments;
    private final int shown;

    /** For one subtask; all aggregates are shown. */
    public Aggregation(AggregateLayout layout) {
        this(layout, layout.aggregates().size());
    }

    /** For one subtask; the first {@code shown} aggregates have output columns. */
    public Aggregation(AggregateLayout layout, int shown) {
        List<Aggregate> aggregates = layout.aggregates();
        this.accumulators = layout.accumulators();
        this.arguments = new ColumnFunction[aggregates.size()];
        this.shown = shown;
        for (int i = 0; i < arguments.length; i++) {
            Supplier<? extends ColumnFunction> argument = aggregates.get(i).argument();
            arguments[i] = argument == null ? batch -> NO_ARGUMENT : argument.get();
        }
    }

    /** Adds every row of a batch; the values after each go into {@code out}'s columns from {@code first} on, unless null. */
    public void add(KeyedTable table, int[] entries, Batch batch, @Nullable Batch out, int first) {
        for (int i = 0; i < accumulators.length; i++) {
            Object column = out == null || i >= shown ? null : out.column(first + i);
            accumulators[i].add(table, entries, batch, arguments[i].apply(batch), column);
        }
    }

    /** Writes the values of entries 0 to {@code size} - 1 into {@code out}'s columns from {@code first} on. */
    public void read(KeyedTable table, int[] entries, int size, Batch out, int first) {
        for (int i = 0; i < shown; i++) {
            accumulators[i].read(table, entries, size, out.column(first + i));
        }
    }

    /** Forgets what was merged. */
    public void reset() {
        for (Accumulator accumulator : accumulators) {
            accumulator.reset();
        }
    }

    /** Merges an entry in, which does not change. */
    public void merge(KeyedTable table, int entry) {
        for (Accumulator accumulator : accumulators) {
            accumulator.merge(table, entry);
        }
    }

    /** Writes the values of what was merged into a row of {@code out}'s columns from {@code first} on. */
    public void result(KeyedTable table, Batch out, int first, int row) {
        for (int i = 0; i < shown; i++) {
            accumulators[i].result(table, out.column(first + i), row);
        }
    }
}
