package io.strandline.state.run;

import java.nio.ByteBuffer;

/** The bytes of a buffer as an array range, copied only where there is no array behind it. */
final class Bytes {

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
    static int compare(ByteBuffer left, ByteBuffer right) {
        int at = left.mismatch(right);
        if (at < 0) {
            return 0;
        }
        if (at >= left.remaining() || at >= right.remaining()) {
            return left.remaining() - right.remaining();
        }
        return Byte.compareUnsigned(left.get(left.position() + at), right.get(right.position() + at));
    }
}
