package io.strandline.state.run;

import java.util.Arrays;

/**
 * The filters of up to 64 runs, turned by 90 degrees: where a filter has a bit, the bank has a word with one bit for each run, so that
 * six words say of all of them at once which may hold a key (bit-sliced signatures, as in Goodwin and others, "BitFunnel"). A
 * filter of fewer lines stands for several lines each.
 *
 * <p>One thread adds and removes while others ask: bits of a run that they do not know mean nothing to them.
 */
final class FilterBank {

    private static final int MOST_STRETCH = 8;

    private final long[] rows;
    private final int lines;
    private final int shift;
    private long taken;
    private long dirty;

    /** For filters of at most that many lines. */
    FilterBank(int lines) {
        this.lines = lines;
        this.shift = BloomFilter.shift(lines);
        this.rows = new long[Math.multiplyExact(lines, BloomFilter.LINE_BITS)];
    }

    /** Whether there is room for a filter, which is neither larger nor very much smaller. */
    boolean suits(BloomFilter filter) {
        return taken != -1 && filter.lines() <= lines && lines / filter.lines() <= MOST_STRETCH;
    }

    /** Takes a filter in and returns its bit's place. */
    int add(BloomFilter filter) {
        if ((taken | dirty) == -1) {
            clean();
        }
        int place = Long.numberOfTrailingZeros(~(taken | dirty));
        taken |= 1L << place;
        int each = lines / filter.lines();
        for (int line = 0; line < lines; line++) {
            for (int index = 0; index < BloomFilter.LINE_BITS / Long.SIZE; index++) {
                long word = filter.word(line / each, index);
                int row = line * BloomFilter.LINE_BITS + index * Long.SIZE;
                while (word != 0) {
                    rows[row + Long.numberOfTrailingZeros(word)] |= 1L << place;
                    word &= word - 1;
                }
            }
        }
        return place;
    }

    /** Forgets the filter at a place. */
    void remove(int place) {
        taken &= ~(1L << place);
        dirty |= 1L << place;
    }

    boolean isEmpty() {
        return taken == 0;
    }

    /** The places of the filters that may hold a hash, with others that mean nothing. */
    long candidates(long hash) {
        return BloomFilter.probe(rows, shift, hash);
    }

    private void clean() {
        long kept = taken;
        Arrays.setAll(rows, row -> rows[row] & kept);
        dirty = 0;
    }
}
