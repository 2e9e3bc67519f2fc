package io.strandline.state;

import io.strandline.storage.StagedBlob;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes one sorted run. */
public interface RunWriter extends Closeable {

    /** Adds an entry; the buffers are read from position to limit and may be reused at once. */
    void put(ByteBuffer key, ByteBuffer value) throws IOException;

    /** Adds a delete marker. */
    void delete(ByteBuffer key) throws IOException;

    /** Completes the file: fsynced and hashed. */
    StagedBlob finish() throws IOException;
}
