package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Encoded keys one behind the other in chunks. Only appended to: what a reference names never changes, so a flusher may read
 * keys while the owner appends others.
 */
final class KeySlab {

    static final int LONGEST_KEY = (1 << 20) - 1;
    private static final int DOUBLINGS = 12;
    private static final int FIRST_CHUNK_BYTES = 1 << 8;
    private static final int FIELD_BITS = 20;

    private byte[][] chunks = new byte[0][];
    private int used;
    private long bytes;

    /**
     * Appends the key from {@code from} to the buffer's end.
     *
     * @return chunk, offset and length in one word
     * @throws IllegalArgumentException when the key is longer than 1 MiB - 1
     */
    long add(KeyBuffer key, int from) {
        int length = key.length() - from;
        if (length > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "a key of %d bytes is longer than the %d that fit".formatted(length, LONGEST_KEY));
        }
        if (chunks.length == 0 || used + length > chunks[chunks.length - 1].length) {
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            int size = FIRST_CHUNK_BYTES << Math.min(chunks.length - 1, DOUBLINGS);
            chunks[chunks.length - 1] = new byte[Math.max(size, length)];
            used = 0;
        }
        int chunk = chunks.length - 1;
        System.arraycopy(key.bytes(), from, chunks[chunk], used, length);
        long reference = (long) chunk << 2 * FIELD_BITS | (long) used << FIELD_BITS | length;
        used += length;
        bytes += length;
        return reference;
    }

    boolean equals(long reference, KeyBuffer key) {
        int from = offset(reference);
        return Arrays.equals(chunk(reference), from, from + length(reference), key.bytes(), 0, key.length());
    }

    void copyTo(long reference, KeyBuffer target) {
        target.putBytes(chunk(reference), offset(reference), length(reference));
    }

    ByteBuffer view(long reference) {
        return ByteBuffer.wrap(chunk(reference), offset(reference), length(reference));
    }

    int compare(long left, long right) {
        return Arrays.compareUnsigned(
                chunk(left),
                offset(left),
                offset(left) + length(left),
                chunk(right),
                offset(right),
                offset(right) + length(right));
    }

    /** The first eight bytes of a key as an unsigned number, with zeros behind a shorter one. */
    long prefix(long reference) {
        byte[] chunk = chunk(reference);
        int from = offset(reference);
        int length = Math.min(length(reference), Long.BYTES);
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (chunk[from + i] & 0xffL) << 56 - 8 * i;
        }
        return prefix;
    }

    /** Bytes of all keys ever added. */
    long bytes() {
        return bytes;
    }

    static int length(long reference) {
        return (int) reference & LONGEST_KEY;
    }

    private byte[] chunk(long reference) {
        return chunks[(int) (reference >>> 2 * FIELD_BITS)];
    }

    private static int offset(long reference) {
        return (int) (reference >>> FIELD_BITS) & LONGEST_KEY;
    }
}
