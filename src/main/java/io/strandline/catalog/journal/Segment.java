package io.strandline.catalog.journal;

import io.strandline.catalog.journal.Frame.Head;
import io.strandline.catalog.journal.Frame.SegmentHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A segment's file as it lies on disk, and the one way to read it: every byte is checked against checksums and the chain.
 *
 * @param number its number, from 1
 */
record Segment(Path file, long number) {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Where the chain stands. */
    record Link(long sequence, byte[] hash) {

        /** Before the first entry. */
        static Link start() {
            return new Link(0, new byte[Frame.HASH_BYTES]);
        }
    }

    /** Takes the entries of a segment in order. */
    @FunctionalInterface
    interface Entries {

        void take(long sequence, String hash, byte[] payload);
    }

    /**
     * What reading a segment found.
     *
     * @param end where the chain stands behind its last entry
     * @param wholeBytes up to where its entries are complete
     * @param torn whether something that was never acknowledged follows
     */
    record Scan(Link end, long wholeBytes, boolean torn) {}

    static Path name(Path directory, long number) {
        return directory.resolve(String.format("segment-%08d.log", number));
    }

    /** Whether the file was only begun: its header is not there, so that no entry can be. */
    boolean onlyBegun() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Frame.SEGMENT_HEADER_BYTES);
            return bytes.length < Frame.SEGMENT_HEADER_BYTES || Frame.zero(bytes) && Frame.zero(in.readAllBytes());
        }
    }

    /** Its header; a header that is not what was written is refused. */
    SegmentHeader header() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return checkedHeader(in);
        }
    }

    /**
     * Reads all of it.
     *
     * @param before where the chain stands before it, null to believe its header
     * @param last whether it is the journal's last: only there may an entry be torn
     */
    Scan scan(@Nullable Link before, boolean last, Entries entries) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            SegmentHeader header = checkedHeader(in);
            Link link = new Link(header.firstSequence() - 1, header.previousHash());
            if (before != null
                    && (before.sequence() != link.sequence() || !Arrays.equals(before.hash(), link.hash()))) {
                throw damaged("it does not go on from the segment before it");
            }
            long position = Frame.SEGMENT_HEADER_BYTES;
            while (true) {
                byte[] head = in.readNBytes(Frame.HEAD_BYTES);
                if (head.length == 0) {
                    return new Scan(link, position, false);
                }
                byte[] payload = head.length < Frame.HEAD_BYTES ? null : payload(in, head, link, position);
                if (payload == null) {
                    return torn(link, position, last);
                }
                link = next(link, head, payload);
                position += Frame.HEAD_BYTES + payload.length;
                entries.take(link.sequence(), HexFormat.of().formatHex(link.hash()), payload);
            }
        }
    }

    private SegmentHeader checkedHeader(InputStream in) throws IOException {
        try {
            byte[] bytes = in.readNBytes(Frame.SEGMENT_HEADER_BYTES);
            if (bytes.length < Frame.SEGMENT_HEADER_BYTES) {
                throw damaged("its header is cut off");
            }
            SegmentHeader header = Frame.segmentHeader(bytes);
            if (header.number() != number) {
                throw damaged("it is segment " + header.number() + " by its header");
            }
            return header;
        } catch (IllegalArgumentException e) {
            throw damaged("its header cannot be read: " + e.getMessage());
        }
    }

    /** The payload that follows {@code bytes}, null when it is not complete. */
    private byte @Nullable [] payload(InputStream in, byte[] bytes, Link link, long position) throws IOException {
        if (Frame.zero(bytes)) {
            if (Frame.zero(in.readAllBytes())) {
                return null;
            }
            throw damaged("zeros at byte " + position + ", with data behind them");
        }
        Head head;
        try {
            head = Frame.head(bytes);
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage() + " at byte " + position + ", behind entry " + link.sequence());
        }
        if (head.sequence() != link.sequence() + 1 || !Arrays.equals(head.previousHash(), link.hash())) {
            throw damaged("entry " + head.sequence() + " at byte " + position + " does not follow entry "
                    + link.sequence() + " in the chain");
        }
        byte[] payload = in.readNBytes(head.length());
        if (payload.length < head.length()) {
            return null;
        }
        if (Frame.checksum(payload, payload.length) != head.payloadChecksum()) {
            throw damaged("the checksum of entry " + head.sequence() + " at byte " + position + " does not match");
        }
        return payload;
    }

    private Scan torn(Link link, long position, boolean last) {
        if (!last) {
            throw damaged("it ends in the middle of entry " + (link.sequence() + 1) + " though a segment follows");
        }
        return new Scan(link, position, true);
    }

    private static Link next(Link link, byte[] head, byte[] payload) {
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, frame, head.length, payload.length);
        return new Link(link.sequence() + 1, Frame.hash(frame));
    }

    private DataDirectoryException damaged(String what) {
        return DataDirectoryException.damaged(file, what);
    }
}
