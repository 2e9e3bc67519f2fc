package io.strandline.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Counts files opened for reading. */
final class CountingCalls extends DelegatingCalls {

    private int reads;

    @Override
    public FileChannel read(Path file) throws IOException {
        reads++;
        return super.read(file);
    }

    int reads() {
        return reads;
    }
}
