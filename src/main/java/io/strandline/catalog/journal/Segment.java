package io.strandline.catalog.journal;

import io.strandline.catalog.journal.Frame.Head;
import io.strandline.catalog.journal.Frame.SegmentHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
     * @param tail what follows there
     */
    record Scan(Link end, long wholeBytes, Tail tail) {}

    /**
     * What lies behind the last whole entry.
     *
     * @param kind how to take it
     * @param detail what is wrong with it
     */
    record Tail(Kind kind, String detail) {

        private static final Tail NONE = new Tail(Kind.NONE, "");
        private static final Tail TORN = new Tail(Kind.TORN, "it is not complete");

        private static Tail garbage(String detail) {
            return new Tail(Kind.GARBAGE, detail);
        }

        /** How to take what follows the last whole entry. */
        enum Kind {
            NONE,
            /** An entry that is not complete, so that it was never acknowledged. */
            TORN,
            /** Bytes of an entry that are not what was written, with nothing behind: a power cut leaves such, and so does rot. */
            GARBAGE
        }
    }

    static Path name(Path directory, long number) {
        return directory.resolve(String.format("segment-%08d.log", number));
    }

    /**
     * Whether the file was only begun, with no entry in it. One that ends with its header may be there because its fsync failed,
     * so that it would be gone after a power cut though every later fsync of it succeeds.
     */
    boolean onlyBegun() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Frame.SEGMENT_HEADER_BYTES + 1);
            return bytes.length <= Frame.SEGMENT_HEADER_BYTES || Frame.zero(bytes) && Frame.zero(in.readAllBytes());
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
                    return new Scan(link, position, Tail.NONE);
                }
                Place place = new Place(link, position, last);
                Read read = head.length < Frame.HEAD_BYTES ? new Read(null, Tail.TORN) : payload(in, head, place);
                byte[] payload = read.payload();
                if (payload == null) {
                    return ending(place, read.tail());
                }
                link = next(link, head, payload);
                position += Frame.HEAD_BYTES + payload.length;
                entries.take(link.sequence(), HexFormat.of().formatHex(link.hash()), payload);
            }
        }
    }

    /** Where reading stands. */
    private record Place(Link link, long position, boolean last) {

        String words() {
            return " at byte " + position + ", behind entry " + link.sequence();
        }
    }

    /** A payload, or what is there instead. */
    private record Read(byte @Nullable [] payload, Tail tail) {}

    private SegmentHeader checkedHeader(InputStream in) throws IOException {
        try {
            byte[] bytes = in.readNBytes(Frame.SEGMENT_HEADER_BYTES);
            if (bytes.length < Frame.SEGMENT_HEADER_BYTES) {
                throw damaged("its header is cut off");
            }
            if (Frame.format(bytes) > Frame.FORMAT) {
                throw DataDirectoryException.newer("The journal file " + file + " has format " + Frame.format(bytes));
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

    /** The payload that follows {@code bytes}; what cannot be one is refused unless it may be the end. */
    private Read payload(InputStream in, byte[] bytes, Place place) throws IOException {
        if (Frame.zero(bytes)) {
            if (Frame.zero(in.readAllBytes())) {
                return new Read(null, Tail.TORN);
            }
            throw damaged("zeros at byte " + place.position() + ", with data behind them");
        }
        Head head;
        try {
            head = Frame.head(bytes);
        } catch (IllegalArgumentException e) {
            String what = e.getMessage() + place.words();
            if (place.last() && !anEntryBegins(in.readAllBytes(), place.link())) {
                return new Read(null, Tail.garbage(what));
            }
            throw damaged(what);
        }
        if (head.sequence() != place.link().sequence() + 1
                || !Arrays.equals(head.previousHash(), place.link().hash())) {
            throw damaged("entry " + head.sequence() + " at byte " + place.position() + " does not follow entry "
                    + place.link().sequence() + " in the chain");
        }
        byte[] payload = in.readNBytes(head.length());
        if (payload.length < head.length()) {
            return new Read(null, Tail.TORN);
        }
        if (Frame.checksum(payload, payload.length) != head.payloadChecksum()) {
            String what = "the checksum of entry " + head.sequence() + " does not match" + place.words();
            if (place.last() && Frame.zero(in.readAllBytes())) {
                return new Read(null, Tail.garbage(what));
            }
            throw damaged(what);
        }
        return new Read(payload, Tail.NONE);
    }

    /** Whether the head of a later entry lies anywhere in some bytes; then what is before it was not the end. */
    private static boolean anEntryBegins(byte[] bytes, Link link) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long most = link.sequence() + 2 + bytes.length / Frame.HEAD_BYTES;
        for (int at = 0; at + Frame.HEAD_BYTES <= bytes.length; at++) {
            long sequence = in.getLong(at + Integer.BYTES);
            if (sequence > link.sequence() && sequence <= most && isHead(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHead(byte[] bytes, int at) {
        try {
            Frame.head(Arrays.copyOfRange(bytes, at, at + Frame.HEAD_BYTES));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Scan ending(Place place, Tail tail) {
        if (!place.last()) {
            throw damaged(
                    "it ends in the middle of entry " + (place.link().sequence() + 1) + " though a segment follows");
        }
        return new Scan(place.link(), place.position(), tail);
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
