package io.strandline.state;

import io.strandline.snapshot.Column;
import java.util.List;

/**
 * The key columns of one batch, hashed once and carried along with it: the exchange routes by the hash, tables look up by it.
 *
 * <p>Not thread-safe; reused from batch to batch. Columns are {@code long[]} for LONG, BOOLEAN (0 or 1), TIMESTAMP and
 * DURATION, {@code double[]} for DOUBLE and {@code Object[]} holding {@link String} for STRING or {@code byte[]} for BYTES.
 */
public interface KeyColumns {

    /** The key's columns, in order. */
    List<Column> columns();

    /** Number of rows. */
    int size();

    /** The array of key column {@code index}; valid up to {@link #size()}. */
    Object array(int index);

    /**
     * A 64-bit hash of each row's canonically encoded key. Key group = {@code ((hash >>> 32) * maxParallelism) >>> 32}, so
     * rows sorted by hash are sorted by key group.
     */
    long[] hashes();

    /** The key group a hash falls into. */
    static int keyGroup(long hash, int maxParallelism) {
        return (int) ((hash >>> 32) * maxParallelism >>> 32);
    }
}
