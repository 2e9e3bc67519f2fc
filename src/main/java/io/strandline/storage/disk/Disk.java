package io.strandline.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The few file-system calls by which store and journal touch the disk, one method each.
 *
 * <p>A name is durable once its directory was fsynced, bytes once their file was; a rename is atomic. Errors are the
 * system's, a full disk as {@link io.strandline.storage.StorageFullException}.
 */
public interface Disk {

    /** Creates a file that must not exist yet and opens it for appending. */
    OutputFile create(Path file) throws IOException;

    /** Creates a file as {@link #create} does, which its owner alone can open from the beginning. */
    OutputFile createPrivate(Path file) throws IOException;

    /** Opens a file that is there, to append to it or to fsync what a library wrote. */
    OutputFile reopen(Path file) throws IOException;

    /** Opens a file for reading at any offset. */
    FileChannel read(Path file) throws IOException;

    /** Makes a directory; {@link java.nio.file.FileAlreadyExistsException} when it is there. */
    void createDirectory(Path directory) throws IOException;

    /** Makes a directory, durably, unless it is there; its parent must be. */
    default void makeDirectory(Path directory) throws IOException {
        boolean made = false;
        try {
            createDirectory(directory);
            made = true;
        } catch (FileAlreadyExistsException e) {
            if (!stat(directory).map(FileStamp::directory).orElse(false)) {
                throw e;
            }
        }
        Path parent = directory.getParent();
        if (parent != null) {
            fsyncNameOf(directory, parent, made);
        }
    }

    /** A name whose fsync failed is taken back: it would be taken for durable the next time, and a second fsync would lie. */
    private void fsyncNameOf(Path directory, Path parent, boolean made) throws IOException {
        try {
            fsyncDirectory(parent);
        } catch (IOException e) {
            if (made) {
                unlink(directory);
            }
            throw e;
        }
    }

    /** Makes a directory and those above it that are missing, durably. */
    default void makeDirectories(Path directory) throws IOException {
        if (stat(directory).isEmpty()) {
            Path parent = directory.getParent();
            if (parent != null) {
                makeDirectories(parent);
            }
            makeDirectory(directory);
        }
    }

    /** Replaces a file, durably and at once: whoever reads it, also after a power cut, finds what it was or what it is now. */
    default void replace(Path file, ByteBuffer content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        if (stat(fresh).isPresent()) {
            unlink(fresh);
        }
        try (OutputFile out = create(fresh)) {
            out.write(content);
            out.fsync();
        }
        rename(fresh, file);
        Path directory = file.getParent();
        if (directory != null) {
            fsyncDirectory(directory);
        }
    }

    /** Gives a file a second name, which must be free. */
    void link(Path existing, Path name) throws IOException;

    /** Renames a file, atomically, replacing what has the name. */
    void rename(Path from, Path to) throws IOException;

    /** Takes a name away: of a file, or of an empty directory. */
    void unlink(Path name) throws IOException;

    /** Makes the names in a directory durable. */
    void fsyncDirectory(Path directory) throws IOException;

    /** Everything in a directory, by name. */
    List<Path> list(Path directory) throws IOException;

    /** Identity, size and time of what has this name; empty when nothing has. */
    Optional<FileStamp> stat(Path file) throws IOException;

    /** A file open for writing at its end. Interrupting the thread that writes does not close it. */
    interface OutputFile extends Closeable {

        /** Its length in bytes. */
        long size() throws IOException;

        /** Appends all that remains in the buffer. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes the bytes durable. After a failure the file is to be abandoned: a second fsync would lie. */
        void fsync() throws IOException;

        /** Cuts it back. */
        void truncate(long sizeBytes) throws IOException;
    }
}
