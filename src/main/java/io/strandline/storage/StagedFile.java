package io.strandline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A file being written in a staging area: through its channel, or by a library that wants a path. */
public interface StagedFile extends Closeable {

    /** Appends here; hashes along the way. */
    WritableByteChannel channel() throws IOException;

    /** Where a library may write the file itself instead of using the channel; empty for a store without a file system. */
    Optional<Path> path();

    /** Fsyncs and hashes (bytes that went through the channel are hashed already); no writes afterwards. */
    StagedBlob seal(String mediaType) throws IOException;
}
