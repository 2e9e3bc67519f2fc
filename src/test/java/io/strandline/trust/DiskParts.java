package io.strandline.trust;

import io.strandline.engine.connector.part.PartFiles;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Part files of sinks on the disk that store and journal lie on, so that whatever befalls it befalls them too. */
record DiskParts(Disk disk) implements PartFiles {

    @Override
    public PartFile create(Path file) throws IOException {
        Disk.OutputFile output = disk.create(file);
        return new PartFile() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                output.write(bytes);
            }

            @Override
            public void force() throws IOException {
                output.fsync();
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void unlink(Path file) throws IOException {
        if (disk.stat(file).isPresent()) {
            disk.unlink(file);
        }
    }

    @Override
    public void sync(Path directory) throws IOException {
        disk.fsyncDirectory(directory);
    }
}
