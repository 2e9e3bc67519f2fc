package io.strandline.state.run;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The index of a flat run in the making: of each key only what the one before does not begin with. */
final class FlatIndexWriter {

    private static final int MOST_NUMBERS_BYTES = 15;

    private ByteBuffer bytes = ByteBuffer.allocate(4096);
    private byte[] last = new byte[64];
    private int lastLength;
    private byte[] first = new byte[64];
    private int firstLength;

    /** Begins a block with its first key. */
    void begin(ByteBuffer key) {
        firstLength = key.remaining();
        if (first.length < firstLength) {
            first = new byte[2 * firstLength];
        }
        key.get(key.position(), first, 0, firstLength);
    }

    /** Ends the block that was begun. */
    void end(int blockBytes) {
        int difference = Arrays.mismatch(last, 0, lastLength, first, 0, firstLength);
        int shared = difference < 0 ? firstLength : difference;
        int rest = firstLength - shared;
        if (bytes.remaining() < MOST_NUMBERS_BYTES + rest) {
            int size = Math.max(2 * bytes.capacity(), bytes.position() + MOST_NUMBERS_BYTES + rest);
            bytes = ByteBuffer.allocate(size).put(bytes.flip());
        }
        Varints.put(bytes, shared);
        Varints.put(bytes, rest);
        Varints.put(bytes, blockBytes);
        bytes.put(first, shared, rest);
        byte[] spare = last;
        last = first;
        lastLength = firstLength;
        first = spare;
    }

    /** Bytes of all blocks that have ended. */
    int sizeBytes() {
        return bytes.position();
    }

    void writeTo(ByteBuffer target) {
        target.put(bytes.array(), 0, bytes.position());
    }
}
