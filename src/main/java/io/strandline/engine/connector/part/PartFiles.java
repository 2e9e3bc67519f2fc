package io.strandline.engine.connector.part;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The few file-system calls that parts are written with, one method each; errors are the system's. */
public interface PartFiles {

    /** Creates a file that must not exist yet. */
    PartFile create(Path file) throws IOException;

    /** Renames a file, atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Takes a file's name away; harmless when there is none. */
    void unlink(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void sync(Path directory) throws IOException;

    /** A file open for appending. */
    interface PartFile extends Closeable {

        /** Appends what remains in the buffer; when that fails, what was not written remains. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes the bytes durable. After a failure the file is to be abandoned: a second time would lie. */
        void force() throws IOException;
    }
}
