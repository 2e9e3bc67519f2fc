package io.strandline.catalog.journal;

import io.strandline.storage.disk.DelegatingDisk;
import java.io.IOException;
import java.nio.file.Path;

/** A disk that writes when it likes, for journals that are made by the million and thrown away. */
public final class UnsyncedFiles extends DelegatingDisk {

    @Override
    public OutputFile create(Path file) throws IOException {
        return new Unsynced(super.create(file));
    }

    @Override
    public OutputFile reopen(Path file) throws IOException {
        return new Unsynced(super.reopen(file));
    }

    @Override
    public void fsyncDirectory(Path directory) {}

    private static final class Unsynced extends DelegatingFile {

        private Unsynced(OutputFile real) {
            super(real);
        }

        @Override
        public void fsync() {}
    }
}
