package io.strandline.catalog.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The few calls by which the journal touches the disk, so that tests can watch them and let them fail. */
public interface JournalFiles {

    /** Opens a file for writing at its end, making it when there is none. */
    JournalFile open(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** An open file of the journal. */
    interface JournalFile extends Closeable {

        /** Its length in bytes. */
        long size() throws IOException;

        /** Appends all of {@code bytes}. */
        void write(byte[] bytes) throws IOException;

        /** Makes what was written durable. */
        void sync() throws IOException;

        /** Cuts it back. */
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }
}
