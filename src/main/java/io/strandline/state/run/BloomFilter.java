package io.strandline.state.run;

import java.nio.ByteBuffer;

/**
 * Says "not here" for most keys that a run does not hold, touching one cache line of 512 bits (after Putze, Sanders and
 * Singler, "Cache-, hash- and space-efficient Bloom filters"): 10 to 20 bits a key, 6 of them set.
 *
 * <p>The number of lines is a power of two and a key's line are the first bits of its hash, so that filters of different sizes can
 * be asked together, see {@link FilterBank}.
 */
public final class BloomFilter {

    static final int LINE_BITS = 512;

    private static final int LINE_WORDS = 8;
    private static final int BITS_PER_KEY = 14;
    private static final int PROBES = 6;
    private static final int POSITION_SHIFT = 55;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final long[] words;
    private final int lineShift;

    private BloomFilter(long[] words) {
        this.words = words;
        this.lineShift = shift(lines());
        if (words.length < LINE_WORDS || Integer.bitCount(words.length) != 1) {
            throw new IllegalArgumentException("a filter cannot have " + words.length + " words");
        }
    }

    /** Holds the first {@code count} hashes. */
    public static BloomFilter of(long[] hashes, int count) {
        double wanted = Math.max(1, (double) count * BITS_PER_KEY / LINE_BITS);
        int lines = 1 << (int) Math.round(Math.log(wanted) / Math.log(2));
        BloomFilter filter = new BloomFilter(new long[Math.multiplyExact(lines, LINE_WORDS)]);
        for (int i = 0; i < count; i++) {
            filter.add(hashes[i]);
        }
        return filter;
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException when it is not as long as a filter can be
     */
    public static BloomFilter read(ByteBuffer in) {
        long[] words = new long[in.remaining() / Long.BYTES];
        in.asLongBuffer().get(words);
        return new BloomFilter(words);
    }

    /** Bytes that {@link #writeTo} writes. */
    public int sizeBytes() {
        return words.length * Long.BYTES;
    }

    /** Writes the filter. */
    public void writeTo(ByteBuffer out) {
        out.asLongBuffer().put(words);
        out.position(out.position() + sizeBytes());
    }

    int lines() {
        return words.length / LINE_WORDS;
    }

    /** Word {@code index}, of eight, of a line. */
    long word(int line, int index) {
        return words[line * LINE_WORDS + index];
    }

    boolean mayContain(long hash) {
        int line = line(hash, lineShift) * LINE_WORDS;
        long bits = hash * STEP;
        for (int i = 0; i < PROBES; i++) {
            if ((words[line + (int) (bits >>> 61)] & 1L << (bits >>> POSITION_SHIFT)) == 0) {
                return false;
            }
            bits *= STEP;
        }
        return true;
    }

    /** For each probe of a hash ands a word of {@code rows}, which has one for each bit of each of {@code 1 << -shift} lines. */
    static long probe(long[] rows, int shift, long hash) {
        int line = line(hash, shift) * LINE_BITS;
        long bits = hash * STEP;
        long all = -1;
        for (int i = 0; i < PROBES; i++) {
            all &= rows[line + (int) (bits >>> POSITION_SHIFT)];
            bits *= STEP;
        }
        return all;
    }

    /** How far to shift a hash to find its line among that many. */
    static int shift(int lines) {
        return Long.SIZE - Integer.numberOfTrailingZeros(lines);
    }

    private void add(long hash) {
        int line = line(hash, lineShift) * LINE_WORDS;
        long bits = hash * STEP;
        for (int i = 0; i < PROBES; i++) {
            words[line + (int) (bits >>> 61)] |= 1L << (bits >>> POSITION_SHIFT);
            bits *= STEP;
        }
    }

    private static int line(long hash, int shift) {
        return shift == Long.SIZE ? 0 : (int) (hash >>> shift);
    }
}
