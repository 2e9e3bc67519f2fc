package io.strandline.engine.element;

import io.strandline.snapshot.Column;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyHasher;
import java.util.List;

/**
 * The key columns of a batch, with hashes carried along by an exchange or computed here. Reused from batch to batch by one
 * thread.
 */
public final class BatchKeys implements KeyColumns {

    private final List<Column> columns;
    private final int[] indexes;
    private final Object[] arrays;
    private final KeyHasher hasher;
    private long[] own;
    private long[] hashes;
    private int size;

    /**
     * A view without rows.
     *
     * @param type the batches' columns
     * @param indexes of the key columns
     */
    public BatchKeys(RowType type, List<Integer> indexes) {
        this.columns = type.columns(indexes);
        this.indexes = indexes.stream().mapToInt(Integer::intValue).toArray();
        this.arrays = new Object[this.indexes.length];
        this.hasher = new KeyHasher(columns);
        this.own = new long[0];
        this.hashes = own;
    }

    /** Looks at another batch; the hashes that it carries, if any, are those of these key columns. */
    public BatchKeys of(Batch batch) {
        look(batch);
        long[] carried = batch.hashes();
        if (carried != null) {
            hashes = carried;
            return this;
        }
        return hash(batch);
    }

    /** Looks at another batch, whatever hashes it carries. */
    public BatchKeys ofUnhashed(Batch batch) {
        look(batch);
        return hash(batch);
    }

    private void look(Batch batch) {
        size = batch.size();
        for (int key = 0; key < indexes.length; key++) {
            arrays[key] = batch.column(indexes[key]);
        }
    }

    private BatchKeys hash(Batch batch) {
        if (own.length < size) {
            own = new long[Math.max(size, batch.capacity())];
        }
        hasher.hash(arrays, size, own);
        hashes = own;
        return this;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Object array(int index) {
        return arrays[index];
    }

    @Override
    public long[] hashes() {
        return hashes;
    }
}
