package io.strandline.engine.element;

import io.strandline.snapshot.Column;
import io.strandline.state.KeyColumns;
import java.util.List;

/** Keys copied out of batches, with a namespace and a time beside each. Owned by one thread; grows as needed up to its user. */
public final class KeyRows implements KeyColumns {

    private final List<Column> columns;
    private final Object[] arrays;
    private final long[] hashes;
    private final long[] namespaces;
    private final long[] times;
    private int size;

    public KeyRows(List<Column> columns, int capacity) {
        this.columns = columns;
        this.arrays = new Object[columns.size()];
        for (int key = 0; key < arrays.length; key++) {
            arrays[key] = switch (columns.get(key).type()) {
                case LONG, BOOLEAN, TIMESTAMP, DURATION -> new long[capacity];
                case DOUBLE -> new double[capacity];
                case STRING, BYTES -> new Object[capacity];
            };
        }
        this.hashes = new long[capacity];
        this.namespaces = new long[capacity];
        this.times = new long[capacity];
    }

    /** Forgets all keys. */
    public void clear() {
        size = 0;
    }

    /** Whether no further key fits. */
    public boolean full() {
        return size == hashes.length;
    }

    /** Appends one key; there must be room. */
    public void append(KeyColumns from, int row, long namespace, long time) {
        for (int key = 0; key < arrays.length; key++) {
            Object source = from.array(key);
            if (source instanceof long[] longs) {
                ((long[]) arrays[key])[size] = longs[row];
            } else if (source instanceof double[] doubles) {
                ((double[]) arrays[key])[size] = doubles[row];
            } else {
                ((Object[]) arrays[key])[size] = ((Object[]) source)[row];
            }
        }
        hashes[size] = from.hashes()[row];
        namespaces[size] = namespace;
        times[size] = time;
        size++;
    }

    /** Whether the key at {@code index} here is the one at {@code row} there. */
    public boolean same(int index, KeyColumns other, int row) {
        if (hashes[index] != other.hashes()[row]) {
            return false;
        }
        for (int key = 0; key < arrays.length; key++) {
            Object source = other.array(key);
            boolean equal = source instanceof long[] longs
                    ? ((long[]) arrays[key])[index] == longs[row]
                    : source instanceof double[] doubles
                            ? Double.compare(((double[]) arrays[key])[index], doubles[row]) == 0
                            : ((Object[]) arrays[key])[index].equals(((Object[]) source)[row]);
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    /** One beside each key. */
    public long[] namespaces() {
        return namespaces;
    }

    /** One beside each key. */
    public long[] times() {
        return times;
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
