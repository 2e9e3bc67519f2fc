package io.strandline.engine.connector.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Walks the lines of a file that may still grow. */
final class LineReader implements Closeable {

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int LONGEST_LINE_BYTES = 1 << 20;
    private static final int SHOWN_BYTES = 200;
    private static final long NONE = -1;

    private final FileChannel channel;
    private byte[] bytes = new byte[CHUNK_BYTES];
    private int filled;
    private int lineFrom;
    private int lineTo;
    private int next;
    private int scanned;
    private long bufferOffset;
    private long skippedFrom = NONE;
    private String skippedBegin = "";

    LineReader(Path file, long offset) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.bufferOffset = offset;
    }

    /**
     * Moves to the next line that a line feed ends; false when there is none yet.
     *
     * @throws LineTooLongException when it was longer than 1 MiB; the reader stands behind it
     */
    boolean next() throws IOException {
        while (true) {
            for (int i = Math.max(next, scanned); i < filled; i++) {
                if (bytes[i] == '\n') {
                    take(i, i + 1);
                    return true;
                }
            }
            scanned = filled;
            if (!fill()) {
                return false;
            }
        }
    }

    /**
     * Takes what stands behind the last line feed as a line; false when nothing does. Call it at the end of the file only.
     *
     * @throws LineTooLongException as {@link #next}
     */
    boolean rest() throws LineTooLongException {
        if (next == filled && skippedFrom == NONE) {
            return false;
        }
        take(filled, filled);
        return true;
    }

    private void take(int to, int behind) throws LineTooLongException {
        lineFrom = next;
        lineTo = to;
        next = behind;
        scanned = behind;
        if (skippedFrom != NONE) {
            long from = skippedFrom;
            skippedFrom = NONE;
            throw new LineTooLongException(from, skippedBegin);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int lineFrom() {
        return lineFrom;
    }

    int lineTo() {
        return lineTo;
    }

    /** Where the current line begins in the file. */
    long lineOffset() {
        return bufferOffset + lineFrom;
    }

    /** Where the line after the current one begins. */
    long offset() {
        return skippedFrom == NONE ? bufferOffset + next : skippedFrom;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(bytes, next, bytes, 0, filled - next);
            bufferOffset += next;
            filled -= next;
            scanned -= next;
            next = 0;
        }
        if (filled == bytes.length) {
            if (filled >= LONGEST_LINE_BYTES) {
                skip();
            } else {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
        }
        int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled), bufferOffset + filled);
        if (read <= 0) {
            return false;
        }
        filled += read;
        return true;
    }

    /** Keeps no more of a line than what shows which it was. */
    private void skip() {
        if (skippedFrom == NONE) {
            skippedFrom = bufferOffset;
            skippedBegin = new String(bytes, 0, SHOWN_BYTES, StandardCharsets.UTF_8) + "…";
        }
        bufferOffset += filled;
        filled = 0;
        scanned = 0;
    }

    /** A line is longer than any record can be. */
    static final class LineTooLongException extends IOException {

        private static final long serialVersionUID = 1L;
        private static final String DETAIL = "the line is longer than " + LONGEST_LINE_BYTES + " bytes";

        private final long offset;
        private final String begin;

        LineTooLongException(long offset, String begin) {
            super(DETAIL);
            this.offset = offset;
            this.begin = begin;
        }

        String detail() {
            return DETAIL;
        }

        /** Where it begins in the file. */
        long offset() {
            return offset;
        }

        /** Its first characters. */
        String begin() {
            return begin;
        }
    }
}
