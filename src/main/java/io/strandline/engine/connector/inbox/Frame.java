package io.strandline.engine.connector.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How a push lies in a segment: a magic number, the body's length and CRC-32C (each 4 bytes, big-endian), then the body: the
 * first record's number, when it came, the client's key (may be empty), the records, each behind its length.
 */
final class Frame {

    static final int HEADER_BYTES = 12;
    static final int LONGEST_BODY = 64 << 20;

    private static final int MAGIC = 0x5d1b0c4e;

    private Frame() {}

    static ByteBuffer encode(long first, long atMillis, String key, List<byte[]> records) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        int length = Long.BYTES * 2 + Integer.BYTES * 2 + keyBytes.length;
        for (byte[] record : records) {
            length = Math.addExact(length, Integer.BYTES + record.length);
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + length).position(HEADER_BYTES);
        frame.putLong(first)
                .putLong(atMillis)
                .putInt(keyBytes.length)
                .put(keyBytes)
                .putInt(records.size());
        for (byte[] record : records) {
            frame.putInt(record.length).put(record);
        }
        frame.putInt(0, MAGIC).putInt(4, length).putInt(8, checksum(frame, HEADER_BYTES, length));
        return frame.flip();
    }

    /** The length of the body behind a header at {@code at}, or -1 when there is none. */
    static int bodyLength(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at + 4);
        return bytes.getInt(at) == MAGIC && length > 0 && length <= LONGEST_BODY ? length : -1;
    }

    /** Whether a whole frame lies at {@code at}. */
    static boolean intact(ByteBuffer bytes, int at) {
        if (bytes.limit() - at < HEADER_BYTES) {
            return false;
        }
        int length = bodyLength(bytes, at);
        return length > 0
                && length <= bytes.limit() - at - HEADER_BYTES
                && bytes.getInt(at + 8) == checksum(bytes, at + HEADER_BYTES, length);
    }

    /** Reads an intact frame's body up to its records; the buffer is left at the first record's length. */
    static Head head(ByteBuffer body) {
        long first = body.getLong();
        long atMillis = body.getLong();
        byte[] key = new byte[body.getInt()];
        body.get(key);
        return new Head(first, atMillis, new String(key, StandardCharsets.UTF_8), body.getInt());
    }

    /** The number that tells one push's records from another's. */
    static long fingerprint(ByteBuffer records) {
        // FNV-1a, 64 bits: 1 in 2^64 is far less than a client's chance of reusing a key for the same length and text
        long hash = 0xcbf29ce484222325L;
        for (int at = records.position(); at < records.limit(); at++) {
            hash = (hash ^ (records.get(at) & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** As {@link #fingerprint(ByteBuffer)} of the frame that they will make. */
    static long fingerprint(List<byte[]> records) {
        ByteBuffer body = encode(0, 0, "", records).position(HEADER_BYTES);
        head(body);
        return fingerprint(body);
    }

    private static int checksum(ByteBuffer bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(from + length).position(from));
        return (int) crc.getValue();
    }

    /** What a frame says before its records. */
    record Head(long first, long atMillis, String key, int count) {

        /** The number of the record behind it. */
        long end() {
            return first + count;
        }
    }
}
