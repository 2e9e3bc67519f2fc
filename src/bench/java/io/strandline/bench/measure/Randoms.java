package io.strandline.bench.measure;

/**
 * SplitMix64 as a function of a position: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 *
 * @param start the generator's seed
 */
public record Randoms(long start) {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** The generator of one of several streams. */
    public static Randoms stream(long seed, int stream) {
        return new Randoms(mix(seed + (stream + 1) * GOLDEN));
    }

    /** The number at a position, from 0. */
    public long at(long position) {
        return mix(start + (position + 1) * GOLDEN);
    }

    /** Fills {@code into} with bytes that depend on {@code value} only. */
    public static void bytes(long value, byte[] into) {
        long word = value;
        for (int at = 0; at < into.length; at++) {
            if ((at & 7) == 0) {
                word = mix(value + (at + 1) * GOLDEN);
            }
            into[at] = (byte) (word >>> 8 * (at & 7));
        }
    }

    /** Maps a random number evenly to 0 to {@code keys} - 1, at most 2^31 of them. */
    public static long key(long random, long keys) {
        return ((random >>> 32) * keys) >>> 32;
    }

    private static long mix(long word) {
        long mixed = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
