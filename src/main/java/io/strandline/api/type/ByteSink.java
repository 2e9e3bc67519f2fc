package io.strandline.api.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects encoded values: each begins with a byte that says what it is, so that a reader can pass over what it does not know.
 * Counts and whole numbers are seven bits a byte, least first, whole numbers zigzag as in Protocol Buffers.
 */
final class ByteSink {

    static final byte LONG = 'l';
    static final byte DOUBLE = 'd';
    static final byte STRING = 's';
    static final byte BYTES = 'b';
    static final byte LIST = '[';
    static final byte MAP = 'm';
    static final byte RECORD = '{';

    private byte[] bytes = new byte[64];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void tag(byte tag) {
        ready(1);
        bytes[length++] = tag;
    }

    void putLong(long value) {
        tag(LONG);
        putVarint(value << 1 ^ value >> 63);
    }

    void putDouble(double value) {
        tag(DOUBLE);
        ready(Long.BYTES);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    void putString(String value) {
        tag(STRING);
        putName(value);
    }

    void putContent(byte[] value) {
        tag(BYTES);
        putRaw(value);
    }

    void putCount(byte tag, int count) {
        tag(tag);
        putVarint(count);
    }

    void putName(String name) {
        putRaw(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends what is encoded already. */
    void putEncoded(byte[] encoded) {
        ready(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void putRaw(byte[] value) {
        putVarint(value.length);
        putEncoded(value);
    }

    private void putVarint(long value) {
        ready(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void ready(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
