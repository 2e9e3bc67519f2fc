package io.strandline.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads a tar archive as it arrives, entry after entry, and refuses one that ends early or late. For one thread. */
final class TarReader {

    private static final int MOST_ENTRIES = 200_000;
    private static final int CHUNK = 1 << 16;
    private static final int GZIP = 0x1F8B;
    private static final String HERE = "./";

    private final InputStream in;
    private final long mostBytes;
    private final Set<String> seen = new HashSet<>();
    private long read;

    /** @param mostBytes of the whole archive */
    TarReader(InputStream in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /** How many bytes of the archive have come so far. */
    long bytesRead() {
        return read;
    }

    /** The next entry, whose content has to be taken before the one after; empty behind the last. */
    Optional<TarHeader> next() throws IOException {
        byte[] block = block();
        if (read == TarHeader.BLOCK && (block[0] << 8 & 0xFF00 | block[1] & 0xFF) == GZIP) {
            throw new MalformedArchiveException("it is compressed; send it as it was exported");
        }
        if (TarHeader.isZero(block)) {
            readEnd();
            return Optional.empty();
        }
        TarHeader header = TarHeader.read(block);
        String name = header.name().startsWith(HERE) ? header.name().substring(HERE.length()) : header.name();
        if (!seen.add(name)) {
            throw new MalformedArchiveException(name + " is there twice");
        }
        if (seen.size() > MOST_ENTRIES) {
            throw new MalformedArchiveException("it has more than " + MOST_ENTRIES + " entries");
        }
        if (header.size() > mostBytes - read) {
            throw new ArchiveTooLargeException(mostBytes);
        }
        return Optional.of(new TarHeader(name, header.size(), header.directory()));
    }

    /** Hands the content of the entry on, piece by piece. */
    void content(TarHeader entry, Sink sink) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, TarHeader.padded(entry.size()))];
        long left = entry.size();
        while (left > 0) {
            int length = (int) Math.min(chunk.length, left);
            fill(chunk, length);
            sink.take(chunk, length);
            left -= length;
        }
        int padding = (int) (TarHeader.padded(entry.size()) - entry.size());
        byte[] rest = new byte[padding];
        fill(rest, padding);
        if (!TarHeader.isZero(rest)) {
            throw new MalformedArchiveException("there is something between " + entry.name() + " and the next entry");
        }
    }

    /** Two blocks of zeros end an archive; writers fill their last record with more. */
    private void readEnd() throws IOException {
        if (!TarHeader.isZero(block())) {
            throw new MalformedArchiveException("it has more after its end");
        }
        byte[] rest = new byte[CHUNK];
        int length = in.read(rest, 0, TarHeader.BLOCK);
        while (length >= 0) {
            count(length);
            for (int i = 0; i < length; i++) {
                if (rest[i] != 0) {
                    throw new MalformedArchiveException("it has more after its end");
                }
            }
            length = in.read(rest, 0, CHUNK);
        }
    }

    private byte[] block() throws IOException {
        byte[] block = new byte[TarHeader.BLOCK];
        fill(block, TarHeader.BLOCK);
        return block;
    }

    private void fill(byte[] target, int length) throws IOException {
        int got = in.readNBytes(target, 0, length);
        count(got);
        if (got < length) {
            throw new MalformedArchiveException("it ends after " + read + " bytes, in the middle");
        }
    }

    private void count(int bytes) throws ArchiveTooLargeException {
        read += bytes;
        if (read > mostBytes) {
            throw new ArchiveTooLargeException(mostBytes);
        }
    }

    /** Takes content. */
    @FunctionalInterface
    interface Sink {

        /** The first {@code length} bytes of {@code bytes}, which are used again afterwards. */
        void take(byte[] bytes, int length) throws IOException;
    }
}
