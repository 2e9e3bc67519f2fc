package io.strandline.engine.element;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows as columns, with their event times beside them; recycled, so whoever is handed one may read it only during the call.
 *
 * <p>A column is a {@code long[]} for LONG, BOOLEAN (0 or 1), TIMESTAMP and DURATION, a {@code double[]} for DOUBLE, and an
 * {@code Object[]} of {@link String}s for STRING. No value is null. A row without event time has {@link Watermark#NONE}.
 */
public final class Batch implements Element {

    private final RowType type;
    private final int capacity;
    private final Object[] columns;
    private long[] timestamps;
    private long @Nullable [] hashes;
    private boolean hashed;
    private int size;

    /** An empty batch for up to {@code capacity} rows. */
    public Batch(RowType type, int capacity) {
        this.type = type;
        this.capacity = capacity;
        this.columns = new Object[type.size()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = switch (type.column(column).type()) {
                case LONG, BOOLEAN, TIMESTAMP, DURATION -> new long[capacity];
                case DOUBLE -> new double[capacity];
                case STRING, BYTES -> new Object[capacity];
            };
        }
        this.timestamps = new long[capacity];
    }

    /** The rows' columns. */
    public RowType type() {
        return type;
    }

    /** Rows it has room for. */
    public int capacity() {
        return capacity;
    }

    /** Rows it holds. */
    public int size() {
        return size;
    }

    /** Sets the number of rows after their values were written. */
    public void size(int rows) {
        size = rows;
    }

    /** Whether no further row fits. */
    public boolean full() {
        return size == capacity;
    }

    /** The array of a column, whatever its type. */
    public Object column(int column) {
        return columns[column];
    }

    /** Lets a column read the array of another batch of at least this batch's size, instead of copying it. */
    public void share(int column, Object array) {
        columns[column] = array;
    }

    /** A column of LONG, BOOLEAN, TIMESTAMP or DURATION. */
    public long[] longs(int column) {
        return (long[]) columns[column];
    }

    /** A column of DOUBLE. */
    public double[] doubles(int column) {
        return (double[]) columns[column];
    }

    /** A column of STRING. */
    public Object[] objects(int column) {
        return (Object[]) columns[column];
    }

    /** The rows' event times. */
    public long[] timestamps() {
        return timestamps;
    }

    /** Lets the rows have the event times of another batch, instead of copying them. */
    public void shareTimestamps(long[] array) {
        timestamps = array;
    }

    /** The key hashes that an exchange carried along, null when it carried none. */
    public long @Nullable [] hashes() {
        return hashed ? hashes : null;
    }

    /** Room for key hashes, which from now on count as carried along. */
    public long[] hashesToFill() {
        long[] array = hashes;
        if (array == null) {
            array = new long[capacity];
            hashes = array;
        }
        hashed = true;
        return array;
    }

    /** About how many bytes its rows take: eight a value, and eight for the event time. */
    public long bytes() {
        return (long) Long.BYTES * size * (columns.length + 1);
    }

    /** Empties the batch; strings stay referenced until overwritten. */
    public void clear() {
        size = 0;
        hashed = false;
    }

    /** Empties the batch and lets go of its strings; for one that shares no array. */
    public void forget() {
        for (Object column : columns) {
            if (column instanceof Object[] objects) {
                Arrays.fill(objects, 0, size, null);
            }
        }
        clear();
    }

    /** Appends rows {@code rows[from]} to {@code rows[from + count - 1]} of {@code source}; they must fit. */
    public void append(Batch source, int[] rows, int from, int count) {
        for (int column = 0; column < columns.length; column++) {
            gather(source.columns[column], columns[column], rows, from, count);
        }
        gatherLongs(source.timestamps, timestamps, rows, from, count);
        size += count;
    }

    /** Appends rows {@code from} to {@code from + count - 1} of {@code source}; they must fit. */
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void append(Batch source, int from, int count) {
        for (int column = 0; column < columns.length; column++) {
            System.arraycopy(source.columns[column], from, columns[column], size, count);
        }
        System.arraycopy(source.timestamps, from, timestamps, size, count);
        size += count;
    }

    private void gather(Object from, Object into, int[] rows, int first, int count) {
        if (from instanceof long[] longs) {
            gatherLongs(longs, (long[]) into, rows, first, count);
        } else if (from instanceof double[] doubles) {
            double[] target = (double[]) into;
            for (int i = 0; i < count; i++) {
                target[size + i] = doubles[rows[first + i]];
            }
        } else {
            Object[] objects = (Object[]) from;
            Object[] target = (Object[]) into;
            for (int i = 0; i < count; i++) {
                target[size + i] = objects[rows[first + i]];
            }
        }
    }

    private void gatherLongs(long[] from, long[] into, int[] rows, int first, int count) {
        for (int i = 0; i < count; i++) {
            into[size + i] = from[rows[first + i]];
        }
    }

    @Override
    public String toString() {
        return "Batch[" + size + " of " + capacity + ", " + type.columns() + ", timestamps "
                + Arrays.toString(Arrays.copyOf(timestamps, Math.min(size, 4))) + "]";
    }
}
