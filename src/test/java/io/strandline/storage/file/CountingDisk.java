package io.strandline.storage.file;

import io.strandline.storage.disk.DelegatingDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Counts files opened for reading. */
final class CountingDisk extends DelegatingDisk {

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
