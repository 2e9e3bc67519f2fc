package io.strandline.catalog.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Files of a journal that the system writes when it likes, for journals that are made by the million and thrown away. */
public final class UnsyncedFiles implements JournalFiles {

    private final DiskFiles disk = new DiskFiles();

    @Override
    public JournalFile open(Path file) throws IOException {
        return new Unsynced(disk.open(file));
    }

    @Override
    public void syncDirectory(Path directory) {}

    private record Unsynced(JournalFile real) implements JournalFile {

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            real.write(bytes);
        }

        @Override
        public void sync() {}

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
