package io.strandline.engine.connector.inbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment's end. An interrupt of the caller does not close the file, as it would a channel. */
final class Appender implements Closeable {

    private final Segment segment;
    private final RandomAccessFile file;
    private long size;

    /** Goes on behind byte {@code size}; what lies behind it is cut off. */
    Appender(Segment segment, long size) throws IOException {
        this.segment = segment;
        this.file = new RandomAccessFile(segment.file().toFile(), "rw");
        this.size = size;
        file.setLength(size);
        file.seek(size);
    }

    Segment segment() {
        return segment;
    }

    long size() {
        return size;
    }

    /** Appends a frame; when that fails, the segment ends where it did. */
    void append(ByteBuffer frame) throws IOException {
        boolean written = false;
        try {
            file.write(frame.array(), frame.position(), frame.remaining());
            size += frame.remaining();
            written = true;
        } finally {
            if (!written) {
                file.setLength(size);
                file.seek(size);
            }
        }
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
