package io.strandline.state.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a buffer as an array range, copied only where there is no array behind it. */
public final class Bytes {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            return buffer.array();
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return copy;
    }

    static int offset(ByteBuffer buffer) {
        return buffer.hasArray() ? buffer.arrayOffset() + buffer.position() : 0;
    }

    /** Unsigned byte order of what remains in two buffers. */
    public static int compare(ByteBuffer left, ByteBuffer right) {
        int at = left.mismatch(right);
        if (at < 0) {
            return 0;
        }
        if (at >= left.remaining() || at >= right.remaining()) {
            return left.remaining() - right.remaining();
        }
        return Byte.compareUnsigned(left.get(left.position() + at), right.get(right.position() + at));
    }

    /** Unsigned byte order of a range of a buffer and a range of an array. */
    static int compare(ByteBuffer left, int leftFrom, int leftTo, byte[] right, int from, int to) {
        int common = Math.min(leftTo - leftFrom, to - from);
        int at = 0;
        for (; at + Long.BYTES <= common; at += Long.BYTES) {
            long leftWord = left.getLong(leftFrom + at);
            long rightWord = (long) BIG_ENDIAN.get(right, from + at);
            if (leftWord != rightWord) {
                return Long.compareUnsigned(leftWord, rightWord);
            }
        }
        for (; at < common; at++) {
            int order = Byte.compareUnsigned(left.get(leftFrom + at), right[from + at]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftTo - leftFrom, to - from);
    }
}
