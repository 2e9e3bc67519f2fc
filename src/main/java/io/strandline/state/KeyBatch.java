package io.strandline.state;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Key columns of a batch: either bound to arrays that a batch owns, or filled key by key from encoded ones.
 *
 * <p>Reused from batch to batch, not thread-safe.
 */
public final class KeyBatch implements KeyColumns {

    private static final long[] NO_HASHES = {};

    private final List<Column> columns;
    private final KeyCodec codec;
    private Object[] arrays;
    private long[] hashes = NO_HASHES;
    private int size;

    /** Empty, for keys of these columns. */
    public KeyBatch(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.codec = new KeyCodec(columns);
        this.arrays = new Object[columns.size()];
    }

    /**
     * Shows the first {@code size} rows of these arrays, which are kept and not copied.
     *
     * @param keyArrays one array a key column
     * @param keyHashes what {@link KeyHasher} made of them
     */
    public void bind(Object[] keyArrays, long[] keyHashes, int rows) {
        arrays = keyArrays;
        hashes = keyHashes;
        size = rows;
    }

    /** Starts anew with arrays of its own, with room for {@code capacity} keys. */
    public void clear(int capacity) {
        if (hashes.length < capacity) {
            arrays = new Object[columns.size()];
            hashes = new long[capacity];
            Arrays.setAll(arrays, i -> array(columns.get(i).type(), capacity));
        }
        size = 0;
    }

    /** Appends an encoded key, reading from the buffer's position. */
    public void append(ByteBuffer encoded, long hash) {
        codec.decode(encoded, arrays, size);
        hashes[size++] = hash;
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

    private static Object array(ColumnType type, int capacity) {
        return switch (type) {
            case LONG, BOOLEAN, TIMESTAMP, DURATION -> new long[capacity];
            case DOUBLE -> new double[capacity];
            case STRING, BYTES -> new Object[capacity];
        };
    }
}
