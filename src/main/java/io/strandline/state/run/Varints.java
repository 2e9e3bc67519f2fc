package io.strandline.state.run;

import java.nio.ByteBuffer;

/** Whole numbers of seven bits a byte, the lowest first, as in protocol buffers. */
public final class Varints {

    private Varints() {}

    /** The 32-bit number at a place. */
    public static int at(ByteBuffer buffer, int index) {
        int value = buffer.get(index);
        if (value >= 0) {
            return value;
        }
        value &= 0x7f;
        int at = index + 1;
        for (int shift = 7; ; shift += 7) {
            int next = buffer.get(at++);
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** The 64-bit number at a place. */
    public static long longAt(ByteBuffer buffer, int index) {
        long value = 0;
        int at = index;
        for (int shift = 0; ; shift += 7) {
            long next = buffer.get(at++);
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** Writes a number that is not negative. */
    public static void put(ByteBuffer buffer, int value) {
        int rest = value;
        while (rest > 0x7f) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    /** How many bytes a number takes. */
    public static int length(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }
}
