package io.strandline.engine.connector.part;

import io.strandline.engine.connector.part.PartFiles.PartFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A part that is being written, or waits for its barrier. */
final class OpenPart implements Closeable {

    private final Path path;
    private final PartFile file;
    private final ByteBuffer header;
    private long size;
    private boolean sealed;
    private boolean lost;

    OpenPart(Path path, PartFile file, ByteBuffer header) {
        this.path = path;
        this.file = file;
        this.header = header;
        this.size = header.remaining();
    }

    Path path() {
        return path;
    }

    /** Bytes it has been given. */
    long size() {
        return size;
    }

    /** Appends {@code rows}; when that fails, what was not written remains in it, to be given again. */
    void write(ByteBuffer rows) throws IOException {
        file.write(header);
        int before = rows.remaining();
        try {
            file.write(rows);
        } finally {
            size += before - rows.remaining();
        }
    }

    /** Makes it durable and closes it; a repetition after success does nothing. */
    void seal() throws IOException {
        if (!sealed) {
            lost = true;
            file.force();
            lost = false;
            sealed = true;
            file.close();
        }
    }

    /** Whether its fsync failed: what of it is on the disk is unknown, and a second fsync would not tell. */
    boolean isLost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
