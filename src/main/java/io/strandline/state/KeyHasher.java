package io.strandline.state;

import io.strandline.snapshot.Column;
import java.util.List;

/** Hashes a batch's key columns, once for routing and look-ups. Reused from batch to batch, not thread-safe. */
public final class KeyHasher {

    private final KeyCodec codec;
    private final KeyBatch batch;
    private final KeyBuffer scratch = new KeyBuffer();

    /** For keys of these columns. */
    public KeyHasher(List<Column> columns) {
        codec = new KeyCodec(columns);
        batch = new KeyBatch(columns);
    }

    /**
     * Fills {@code hashes} for the first {@code size} rows.
     *
     * @param arrays one array a key column, as {@link KeyColumns} describes
     */
    public void hash(Object[] arrays, int size, long[] hashes) {
        if (codec.singleLong()) {
            long[] keys = (long[]) arrays[0];
            for (int row = 0; row < size; row++) {
                hashes[row] = Murmur3.hash(keys[row] ^ Long.MIN_VALUE);
            }
            return;
        }
        batch.bind(arrays, hashes, size);
        for (int row = 0; row < size; row++) {
            scratch.clear();
            codec.encode(batch, row, scratch);
            hashes[row] = Murmur3.hash(scratch.bytes(), 0, scratch.length());
        }
    }
}
