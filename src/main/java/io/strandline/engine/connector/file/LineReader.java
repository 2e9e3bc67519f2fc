package io.strandline.engine.connector.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Walks the lines of a file that may still grow. */
final class LineReader implements Closeable {

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int LONGEST_LINE_BYTES = 1 << 20;

    private final FileChannel channel;
    private byte[] bytes = new byte[CHUNK_BYTES];
    private int filled;
    private int lineFrom;
    private int lineTo;
    private int next;
    private int scanned;
    private long bufferOffset;

    LineReader(Path file, long offset) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.bufferOffset = offset;
    }

    /**
     * Moves to the next line that a line feed ends; false when there is none yet.
     *
     * @throws LineTooLongException when it is longer than 1 MiB
     */
    boolean next() throws IOException {
        while (true) {
            for (int i = Math.max(next, scanned); i < filled; i++) {
                if (bytes[i] == '\n') {
                    lineFrom = next;
                    lineTo = i;
                    next = i + 1;
                    scanned = next;
                    return true;
                }
            }
            scanned = filled;
            if (!fill()) {
                return false;
            }
        }
    }

    /** Takes what stands behind the last line feed as a line; false when nothing does. Call it at the end of the file only. */
    boolean rest() {
        if (next == filled) {
            return false;
        }
        lineFrom = next;
        lineTo = filled;
        next = filled;
        scanned = filled;
        return true;
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
        return bufferOffset + next;
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
                throw new LineTooLongException();
            }
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled), bufferOffset + filled);
        if (read <= 0) {
            return false;
        }
        filled += read;
        return true;
    }

    /** A line is longer than any record can be. */
    static final class LineTooLongException extends IOException {

        private static final long serialVersionUID = 1L;
        private static final String DETAIL = "the line is longer than " + LONGEST_LINE_BYTES + " bytes";

        LineTooLongException() {
            super(DETAIL);
        }

        String detail() {
            return DETAIL;
        }
    }
}
