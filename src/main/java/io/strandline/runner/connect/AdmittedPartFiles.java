package io.strandline.runner.connect;

import io.strandline.engine.connector.part.PartFiles;
import io.strandline.storage.Admission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Leaves a disk with hardly any room to what frees some: output on it waits, as it does on a full one. Without a version it
 * cannot be shown anyway, and it would have the reserve before the entry has it for which it was given up.
 */
public final class AdmittedPartFiles implements PartFiles {

    private final PartFiles files;
    private final FileStore disk;
    private final Admission admission;

    /**
     * In front of the calls to a file system.
     *
     * @param disk the one that is cared for; files on others are let through
     */
    public AdmittedPartFiles(PartFiles files, FileStore disk, Admission admission) {
        this.files = files;
        this.disk = disk;
        this.admission = admission;
    }

    @Override
    public PartFile create(Path file) throws IOException {
        PartFile created = files.create(file);
        return Files.getFileStore(file).equals(disk) ? new Admitted(created, admission) : created;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void unlink(Path file) throws IOException {
        files.unlink(file);
    }

    @Override
    public void sync(Path directory) throws IOException {
        files.sync(directory);
    }

    /** A file on the disk that is cared for. */
    private record Admitted(PartFile file, Admission admission) implements PartFile {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (bytes.hasRemaining()) {
                admission.admit();
            }
            file.write(bytes);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
