package io.strandline.catalog.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How bytes lie in a segment. A segment begins with a header (magic, its number, the first sequence, the hash before it,
 * CRC32C); each entry has a head of 52 bytes (payload length, sequence, hash before it, CRC32C of the payload, CRC32C of
 * the head itself, so that a damaged length is not taken for a torn end) and its payload. All numbers are big-endian.
 */
final class Frame {

    static final int SEGMENT_HEADER_BYTES = 64;
    static final int HEAD_BYTES = 52;
    static final int HASH_BYTES = 32;

    private static final long MAGIC = 0x5354524C4A524E31L; // STRLJRN1
    /** The format of this release's segments. */
    static final int FORMAT = 1;

    private static final int HEAD_CHECKED = HEAD_BYTES - Integer.BYTES;
    private static final int SEGMENT_CHECKED = SEGMENT_HEADER_BYTES - Integer.BYTES;

    private Frame() {}

    /** The beginning of a segment. */
    record SegmentHeader(long number, long firstSequence, byte[] previousHash) {}

    /** What stands before a payload. */
    record Head(int length, long sequence, byte[] previousHash, int payloadChecksum) {}

    static byte[] segmentHeader(SegmentHeader header) {
        ByteBuffer bytes = ByteBuffer.allocate(SEGMENT_HEADER_BYTES)
                .putLong(MAGIC)
                .putLong(header.number())
                .putLong(header.firstSequence())
                .put(header.previousHash())
                .putInt(0);
        return bytes.putInt(checksum(bytes.array(), SEGMENT_CHECKED)).array();
    }

    /** The format of a segment that begins with these bytes: 1 is this release's, more a newer one's, 0 none. */
    static int format(byte[] header) {
        long magic = ByteBuffer.wrap(header).getLong();
        boolean segment = magic >> Byte.SIZE == MAGIC >> Byte.SIZE;
        return segment ? (int) (magic & 0xFF) - '0' : 0;
    }

    /** Reads a segment's header, or throws {@link IllegalArgumentException} saying what is wrong with it. */
    static SegmentHeader segmentHeader(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getLong() != MAGIC) {
            throw new IllegalArgumentException("it does not begin as a journal segment does");
        }
        if (in.getInt(SEGMENT_CHECKED) != checksum(bytes, SEGMENT_CHECKED)) {
            throw new IllegalArgumentException("the checksum of its header does not match");
        }
        long number = in.getLong();
        long firstSequence = in.getLong();
        byte[] previousHash = new byte[HASH_BYTES];
        in.get(previousHash);
        return new SegmentHeader(number, firstSequence, previousHash);
    }

    /** Head and payload of an entry. */
    static byte[] entry(long sequence, byte[] previousHash, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + payload.length)
                .putInt(payload.length)
                .putLong(sequence)
                .put(previousHash)
                .putInt(checksum(payload, payload.length));
        return bytes.putInt(checksum(bytes.array(), HEAD_CHECKED)).put(payload).array();
    }

    /** Reads an entry's head, or throws {@link IllegalArgumentException} saying what is wrong with it. */
    static Head head(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt(HEAD_CHECKED) != checksum(bytes, HEAD_CHECKED)) {
            throw new IllegalArgumentException("the checksum of an entry's head does not match");
        }
        int length = in.getInt();
        long sequence = in.getLong();
        byte[] previousHash = new byte[HASH_BYTES];
        in.get(previousHash);
        return new Head(length, sequence, previousHash, in.getInt());
    }

    /** The hash of an entry from its frame (head and payload): it covers the hash before it. */
    static byte[] hash(byte[] frame) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(frame);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static boolean zero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }
}
