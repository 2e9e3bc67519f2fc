package io.strandline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** A live blob opened for reading; holds a pin on it until closed. */
public interface BlobReader extends Closeable {

    /** Length in bytes. */
    long sizeBytes();

    /** A read-only view of {@code length} bytes from {@code offset}: memory-mapped for files. At most 2 GiB - 1 at once. */
    ByteBuffer view(long offset, int length) throws IOException;

    /** The file itself, for a library that wants a path; empty for a store without a file system. */
    Optional<Path> path();

    @Override
    void close() throws IOException;
}
