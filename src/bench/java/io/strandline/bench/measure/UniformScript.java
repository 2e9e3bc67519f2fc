package io.strandline.bench.measure;

import java.util.Arrays;

/**
 * Keys drawn evenly, as fast as they are taken.
 *
 * @param keys how many different ones
 * @param seed chooses the sequence
 */
record UniformScript(long keys, long seed) implements Script {

    private static final int VALUE_MASK = 0xffff;

    @Override
    public int fill(int split, long offset, Rows rows) {
        Arrays.fill(rows.created(), rows.from(), rows.from() + rows.most(), System.nanoTime());
        draw(split, offset, rows, rows.most());
        return rows.most();
    }

    void draw(int split, long offset, Rows rows, int count) {
        Randoms randoms = Randoms.stream(seed, split);
        long[] keyColumn = rows.keys();
        long[] values = rows.values();
        int from = rows.from();
        for (int row = 0; row < count; row++) {
            long random = randoms.at(offset + row);
            keyColumn[from + row] = Randoms.key(random, keys);
            values[from + row] = random & VALUE_MASK;
        }
    }
}
