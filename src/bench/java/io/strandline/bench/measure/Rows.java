package io.strandline.bench.measure;

/**
 * Records as columns; the arrays are the caller's and have the same length.
 *
 * @param keys out: keys
 * @param values out: values
 * @param created out: when each was created or was scheduled to be, {@link System#nanoTime}
 * @param from the first row to write
 * @param most how many there is room for
 */
public record Rows(long[] keys, long[] values, long[] created, int from, int most) {

    /** Room for {@code size} rows of its own. */
    public static Rows of(int size) {
        return new Rows(new long[size], new long[size], new long[size], 0, size);
    }
}
