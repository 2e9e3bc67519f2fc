package io.strandline.state.run;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The first key and the place of every block of a flat run, on the heap. */
final class FlatIndex {

    private final byte[] bytes;
    private final int[] keyStarts;
    private final long[] offsets;

    private FlatIndex(byte[] bytes, int[] keyStarts, long[] offsets) {
        this.bytes = bytes;
        this.keyStarts = keyStarts;
        this.offsets = offsets;
    }

    static FlatIndex read(ByteBuffer in, long end) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        int[] keyStarts = new int[16];
        long[] offsets = new long[16];
        int blocks = 0;
        while (entries.hasRemaining()) {
            if (blocks + 1 >= offsets.length) {
                keyStarts = Arrays.copyOf(keyStarts, 2 * blocks + 2);
                offsets = Arrays.copyOf(offsets, 2 * blocks + 2);
            }
            int length = entries.getInt();
            offsets[blocks] = entries.getLong();
            keyStarts[blocks++] = entries.position();
            entries.position(entries.position() + length);
        }
        offsets[blocks] = end;
        return new FlatIndex(bytes, Arrays.copyOf(keyStarts, blocks), Arrays.copyOf(offsets, blocks + 1));
    }

    int blocks() {
        return keyStarts.length;
    }

    long offset(int block) {
        return offsets[block];
    }

    int length(int block) {
        return Math.toIntExact(offsets[block + 1] - offsets[block]);
    }

    /** The last block whose first key is at or before the key, -1 when all are behind it. */
    int find(byte[] key, int from, int to) {
        int low = 0;
        int high = keyStarts.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int start = keyStarts[middle];
            int length = ByteBuffer.wrap(bytes).getInt(start - Long.BYTES - Integer.BYTES);
            int order = Arrays.compareUnsigned(bytes, start, start + length, key, from, to);
            if (order <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
