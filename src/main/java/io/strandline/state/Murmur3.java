package io.strandline.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first half of MurmurHash3 x64 128 with seed 0 (Austin Appleby, public domain). */
public final class Murmur3 {

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private Murmur3() {}

    /** Hashes {@code length} bytes from {@code from}. */
    public static long hash(byte[] bytes, int from, int length) {
        long h1 = 0;
        long h2 = 0;
        int at = from;
        for (int end = from + (length & ~15); at < end; at += 16) {
            h1 ^= mixFirst((long) LITTLE_ENDIAN.get(bytes, at));
            h1 = Long.rotateLeft(h1, 27) + h2;
            h1 = h1 * 5 + 0x52dce729;
            h2 ^= mixSecond((long) LITTLE_ENDIAN.get(bytes, at + 8));
            h2 = Long.rotateLeft(h2, 31) + h1;
            h2 = h2 * 5 + 0x38495ab5;
        }
        int rest = length & 15;
        if (rest > 8) {
            h2 ^= mixSecond(tail(bytes, at + 8, rest - 8));
        }
        if (rest > 0) {
            h1 ^= mixFirst(tail(bytes, at, Math.min(rest, 8)));
        }
        return finish(h1, h2, length);
    }

    /** Hashes the eight big-endian bytes of {@code value}, as {@link #hash(byte[], int, int)} would. */
    public static long hash(long value) {
        return finish(mixFirst(Long.reverseBytes(value)), 0, Long.BYTES);
    }

    /** Hashes what remains in a buffer. */
    public static long hash(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            return hash(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return hash(copy, 0, copy.length);
    }

    private static long tail(byte[] bytes, int from, int length) {
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << 8 | (bytes[from + i] & 0xff);
        }
        return word;
    }

    private static long mixFirst(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixSecond(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long first, long second, int length) {
        long h1 = first ^ length;
        long h2 = second ^ length;
        h1 += h2;
        h2 += h1;
        return avalanche(h1) + avalanche(h2);
    }

    private static long avalanche(long h) {
        long k = h;
        k = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
        k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}
