package io.strandline.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array in which keys are encoded so that unsigned byte order is value order, and values. Reused, not
 * thread-safe.
 *
 * <p>Whole numbers are eight big-endian bytes with the sign flipped, doubles their order-preserving bits, strings UTF-8 and
 * bytes as they are, both with 0 written as {@code 00 ff} and {@code 00 00} behind, so that every column says itself where it
 * ends.
 */
public final class KeyBuffer {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle BIG_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64];
    private int length;

    /** The bytes; replaced when it grows. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of them are used. */
    public int length() {
        return length;
    }

    /** Forgets everything. */
    public void clear() {
        length = 0;
    }

    /** Forgets what is behind so many bytes. */
    void truncate(int kept) {
        length = kept;
    }

    /** Appends two big-endian bytes. */
    public void putKeyGroup(int keyGroup) {
        ensure(2);
        bytes[length++] = (byte) (keyGroup >>> 8);
        bytes[length++] = (byte) keyGroup;
    }

    /** Appends a whole number. */
    public void putLong(long value) {
        putRaw(value ^ Long.MIN_VALUE);
    }

    /** Appends eight big-endian bytes as they are. */
    public void putRaw(long word) {
        ensure(Long.BYTES);
        BIG_ENDIAN.set(bytes, length, word);
        length += Long.BYTES;
    }

    /** Appends a double; all NaN are one value, and so are 0.0 and -0.0. */
    public void putDouble(double value) {
        putLong(toOrderedBits(value));
    }

    /** Appends a string; a surrogate without its half becomes {@code ?}, as in {@link String#getBytes}. */
    public void putString(String text) {
        int chars = text.length();
        ensure(3 * chars + 2);
        int at = length;
        int next = 0;
        while (next < chars) {
            char c = text.charAt(next++);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
                if (c == 0) {
                    bytes[at++] = (byte) 0xff;
                }
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xc0 | c >> 6);
                bytes[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                bytes[at++] = (byte) (0xe0 | c >> 12);
                bytes[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                bytes[at++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && next < chars && Character.isLowSurrogate(text.charAt(next))) {
                at = putSupplementary(Character.toCodePoint(c, text.charAt(next++)), at);
            } else {
                bytes[at++] = '?';
            }
        }
        bytes[at++] = 0;
        bytes[at++] = 0;
        length = at;
    }

    /** Appends the bytes of a key column. */
    public void putEscaped(byte[] source) {
        ensure(2 * source.length + 2);
        for (byte next : source) {
            bytes[length++] = next;
            if (next == 0) {
                bytes[length++] = (byte) 0xff;
            }
        }
        bytes[length++] = 0;
        bytes[length++] = 0;
    }

    /** Appends what a reference names: its length in four big-endian bytes, then the bytes. */
    public void putValue(ValueSlab values, long reference) {
        int count = values.length(reference);
        ensure(Integer.BYTES + count);
        BIG_ENDIAN_INT.set(bytes, length, count);
        values.read(reference, bytes, length + Integer.BYTES);
        length += Integer.BYTES + count;
    }

    /** Appends bytes as they are. */
    public void putBytes(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Appends what remains in a buffer. */
    public void put(ByteBuffer source) {
        int count = source.remaining();
        ensure(count);
        source.get(bytes, length, count);
        length += count;
    }

    static long toOrderedBits(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63) >>> 1;
    }

    static double fromOrderedBits(long ordered) {
        return Double.longBitsToDouble(ordered ^ (ordered >> 63) >>> 1);
    }

    private int putSupplementary(int codePoint, int from) {
        bytes[from] = (byte) (0xf0 | codePoint >> 18);
        bytes[from + 1] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[from + 2] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[from + 3] = (byte) (0x80 | codePoint & 0x3f);
        return from + 4;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
