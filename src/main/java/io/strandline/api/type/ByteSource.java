package io.strandline.api.type;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link ByteSink} collected. */
final class ByteSource {

    private final byte[] bytes;
    private int at;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    byte tag() {
        return bytes[at++];
    }

    /** Takes a tag that has to come. */
    void expect(byte expected) {
        byte found = tag();
        if (found != expected) {
            throw new ValueMisfitException(
                    "stored content has '%c' where '%c' is expected".formatted((char) found, (char) expected));
        }
    }

    long getLong() {
        expect(ByteSink.LONG);
        return zigzag();
    }

    /** A double, or a whole number that was stored before the type was widened. */
    double getDouble() {
        if (bytes[at] == ByteSink.LONG) {
            return getLong();
        }
        expect(ByteSink.DOUBLE);
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << 8 | bytes[at++] & 0xff;
        }
        return Double.longBitsToDouble(bits);
    }

    String getString() {
        expect(ByteSink.STRING);
        return name();
    }

    byte[] getContent() {
        expect(ByteSink.BYTES);
        return raw();
    }

    int count(byte tag) {
        expect(tag);
        return (int) varint();
    }

    String name() {
        int length = (int) varint();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** Passes over one value, whatever it is. */
    void skip() {
        byte tag = tag();
        switch (tag) {
            case ByteSink.LONG -> varint();
            case ByteSink.DOUBLE -> at += Double.BYTES;
            case ByteSink.STRING, ByteSink.BYTES -> raw();
            case ByteSink.LIST -> skip((int) varint());
            case ByteSink.MAP -> skip(2 * (int) varint());
            default -> skipFields((int) varint());
        }
    }

    private void skip(int values) {
        for (int i = 0; i < values; i++) {
            skip();
        }
    }

    private void skipFields(int fields) {
        for (int i = 0; i < fields; i++) {
            raw();
            skip();
        }
    }

    private byte[] raw() {
        byte[] content = new byte[(int) varint()];
        System.arraycopy(bytes, at, content, 0, content.length);
        at += content.length;
        return content;
    }

    private long zigzag() {
        long raw = varint();
        return raw >>> 1 ^ -(raw & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
