package io.strandline.engine.operator.match;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Joined rows on their way out, made of a row that comes and one that was kept on the other side. */
final class JoinOutput {

    private final Batch out;
    private final int[] into;
    private final int[] from;
    private final int[][] kept;
    private int size;

    /** For rows that come on {@code side}. */
    JoinOutput(IntervalJoinFactory made, int side, int batchSize) {
        this.out = new Batch(made.output(), batchSize);
        List<int[]> copies = new ArrayList<>();
        for (int i = 0; i < made.columns().size(); i++) {
            JoinColumn column = made.columns().get(i);
            int key = made.side(column.side()).keys().indexOf(column.index());
            if (column.side() == side) {
                copies.add(new int[] {i, column.index()});
            } else if (key >= 0) {
                copies.add(new int[] {i, made.side(side).keys().get(key)});
            }
        }
        this.into = copies.stream().mapToInt(copy -> copy[0]).toArray();
        this.from = copies.stream().mapToInt(copy -> copy[1]).toArray();
        this.kept = made.kept(1 - side).stream()
                .map(index -> targets(made.columns(), 1 - side, index))
                .toArray(int[][]::new);
    }

    private static int[] targets(List<JoinColumn> columns, int side, int index) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).side() == side && columns.get(i).index() == index)
                .toArray();
    }

    /** Joins a row that comes with the kept one at hand. */
    void add(Batch batch, int row, RowImages images, Output output) {
        if (size == out.capacity()) {
            flush(output);
        }
        out.timestamps()[size] = Math.max(batch.timestamps()[row], images.time());
        for (int i = 0; i < into.length; i++) {
            copy(batch.column(from[i]), row, out.column(into[i]));
        }
        images.copy(out, kept, size);
        size++;
    }

    /** Emits what there is. */
    void flush(Output output) {
        if (size > 0) {
            out.size(size);
            size = 0;
            output.emit(out);
        }
    }

    private void copy(Object source, int row, Object target) {
        if (source instanceof long[] longs) {
            ((long[]) target)[size] = longs[row];
        } else if (source instanceof double[] doubles) {
            ((double[]) target)[size] = doubles[row];
        } else {
            ((Object[]) target)[size] = ((Object[]) source)[row];
        }
    }
}
