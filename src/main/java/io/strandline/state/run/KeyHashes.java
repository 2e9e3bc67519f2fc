package io.strandline.state.run;

import io.strandline.state.Murmur3;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The hashes of a run's keys while it is written: what its filter will hold. */
public final class KeyHashes {

    private long[] hashes = new long[1024];
    private int count;

    /** Adds a key. */
    public void add(ByteBuffer key) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = Murmur3.hash(key);
    }

    /** A filter that holds all of them. */
    public BloomFilter filter() {
        return BloomFilter.of(hashes, count);
    }
}
