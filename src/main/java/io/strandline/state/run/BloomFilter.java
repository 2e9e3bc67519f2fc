package io.strandline.state.run;

import java.nio.ByteBuffer;

/**
 * Says "not here" for most keys that a run does not hold, touching one cache line of 512 bits (after Putze, Sanders and
 * Singler, "Cache-, hash- and space-efficient Bloom filters"): 10 bits a key, 6 of them set.
 */
final class BloomFilter {

    private static final int LINE_WORDS = 8;
    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 6;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final long[] words;

    private BloomFilter(long[] words) {
        this.words = words;
    }

    /** Holds the first {@code count} hashes. */
    static BloomFilter of(long[] hashes, int count) {
        long lines = Math.max(1, ((long) count * BITS_PER_KEY + 511) / 512);
        BloomFilter filter = new BloomFilter(new long[Math.toIntExact(lines * LINE_WORDS)]);
        for (int i = 0; i < count; i++) {
            filter.add(hashes[i]);
        }
        return filter;
    }

    /** Reads what {@link #writeTo} wrote. */
    static BloomFilter read(ByteBuffer in) {
        long[] words = new long[in.remaining() / Long.BYTES];
        in.asLongBuffer().get(words);
        return new BloomFilter(words);
    }

    int sizeBytes() {
        return words.length * Long.BYTES;
    }

    void writeTo(ByteBuffer out) {
        out.asLongBuffer().put(words);
        out.position(out.position() + sizeBytes());
    }

    boolean mayContain(long hash) {
        int line = line(hash);
        long bits = hash * STEP;
        for (int i = 0; i < PROBES; i++) {
            if ((words[line + (int) (bits >>> 61)] & 1L << (bits >>> 55)) == 0) {
                return false;
            }
            bits *= STEP;
        }
        return true;
    }

    private void add(long hash) {
        int line = line(hash);
        long bits = hash * STEP;
        for (int i = 0; i < PROBES; i++) {
            words[line + (int) (bits >>> 61)] |= 1L << (bits >>> 55);
            bits *= STEP;
        }
    }

    private int line(long hash) {
        return (int) ((hash >>> 32) * (words.length / LINE_WORDS) >>> 32) * LINE_WORDS;
    }
}
