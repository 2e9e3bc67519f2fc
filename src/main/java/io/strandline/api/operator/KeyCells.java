package io.strandline.api.operator;

import io.strandline.api.type.KeyForm;
import io.strandline.snapshot.Column;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyHasher;
import java.util.Arrays;
import java.util.List;

/** Keys as key columns, with a namespace of nothing and a time beside each; reused, owned by one thread. */
final class KeyCells<K> implements KeyColumns {

    private final KeyForm<K> form;
    private final Object[] arrays;
    private final long[] hashes;
    private final long[] namespaces;
    private final long[] times;
    private final KeyHasher hasher;
    private int size;
    private int hashed;

    KeyCells(KeyForm<K> form, int capacity) {
        this.form = form;
        this.arrays = form.columns().stream()
                .map(column -> switch (column.type()) {
                    case LONG, BOOLEAN, TIMESTAMP, DURATION -> new long[capacity];
                    case DOUBLE -> new double[capacity];
                    case STRING, BYTES -> new Object[capacity];
                })
                .toArray();
        this.hashes = new long[capacity];
        this.namespaces = new long[capacity];
        this.times = new long[capacity];
        this.hasher = new KeyHasher(form.columns());
    }

    void clear() {
        size = 0;
        hashed = 0;
    }

    boolean full() {
        return size == hashes.length;
    }

    void add(K key, long time) {
        form.write(key, arrays, size);
        times[size++] = time;
    }

    /** Lets go of keys that are objects. */
    void forget() {
        for (Object array : arrays) {
            if (array instanceof Object[] objects) {
                Arrays.fill(objects, null);
            }
        }
        clear();
    }

    long[] namespaces() {
        return namespaces;
    }

    long[] times() {
        return times;
    }

    @Override
    public List<Column> columns() {
        return form.columns();
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
        if (hashed < size) {
            hasher.hash(arrays, size, hashes);
            hashed = size;
        }
        return hashes;
    }
}
