package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate's share of an entry's words, from word {@code at} on. The first is always its value as the output column has
 * it (doubles are raw bits, texts references into the table's slab); what else it has to remember follows.
 *
 * <p>It also merges: {@link #reset}, {@link #merge} for each entry, then {@link #result}. Merging changes no entry, and comes
 * to the same whatever the order of the entries.
 */
abstract class Accumulator {

    final int at;
    final long[] merged;
    private final long[] initial;
    private final ValueText text = new ValueText();

    Accumulator(int at, long... initial) {
        this.at = at;
        this.initial = initial;
        this.merged = initial.clone();
    }

    /** The words of an entry without rows. */
    final long[] initial() {
        return initial.clone();
    }

    /** Adds a batch's rows in order; {@code out}, unless null, takes the value after each. */
    abstract void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out);

    /** Reads the values of entries 0 to {@code size} - 1. */
    final void read(KeyedTable table, int[] entries, int size, Object out) {
        long[] words = table.words();
        if (out instanceof long[] longs) {
            for (int row = 0; row < size; row++) {
                longs[row] = words[entries[row] + at];
            }
            return;
        }
        for (int row = 0; row < size; row++) {
            write(table.values(), words[entries[row] + at], out, row);
        }
    }

    /** Forgets what was merged. */
    void reset() {
        System.arraycopy(initial, 0, merged, 0, initial.length);
    }

    /** Merges an entry in. */
    final void merge(KeyedTable table, int entry) {
        combine(table.words(), entry + at, table.values());
    }

    /** Merges the words from {@code from[first]} on into {@link #merged}. */
    abstract void combine(long[] from, int first, ValueSlab values);

    /** Writes the value of what was merged. */
    final void result(KeyedTable table, Object out, int row) {
        write(table.values(), merged[0], out, row);
    }

    /** Writes a value's word as an output column has it. */
    final void write(ValueSlab values, long word, Object out, int row) {
        if (out instanceof long[] longs) {
            longs[row] = word;
        } else if (out instanceof double[] doubles) {
            doubles[row] = Double.longBitsToDouble(word);
        } else {
            ((Object[]) out)[row] = text.read(values, word);
        }
    }

    /** An accumulator that takes row by row; those of whole numbers, which are wanted most, have loops of their own. */
    abstract static class ByRow extends Accumulator {

        ByRow(int at, long... initial) {
            super(at, initial);
        }

        @Override
        final void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out) {
            bind(table, batch, argument);
            long[] words = table.words();
            for (int row = 0; row < batch.size(); row++) {
                int word = entries[row] + at;
                take(words, word, row);
                if (out != null) {
                    write(table.values(), words[word], out, row);
                }
            }
        }

        /** Looks at another batch. */
        abstract void bind(KeyedTable table, Batch batch, Object argument);

        /** Adds one row of it to the words from {@code words[word]} on. */
        abstract void take(long[] words, int word, int row);
    }
}
