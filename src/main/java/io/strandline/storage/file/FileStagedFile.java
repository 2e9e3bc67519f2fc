package io.strandline.storage.file;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file of a staging area, written by one thread at a time. After a failed write or fsync it can never be sealed. */
final class FileStagedFile implements StagedFile {

    /** Where the file is in its life. */
    private enum State {
        /** Takes bytes. */
        OPEN,
        /** Durable and hashed. */
        SEALED,
        /** A call failed: what is on the disk is unknown, and asking again would not tell. */
        ABANDONED,
        /** Deleted without having been sealed. */
        DISCARDED
    }

    private final Disk disk;
    private final String name;
    private final Path path;
    private final MessageDigest sha256 = FileHashing.sha256();
    private State state = State.OPEN;
    private Disk.@Nullable OutputFile output;
    private long written;

    FileStagedFile(Disk disk, String name, Path path) {
        this.disk = disk;
        this.name = name;
        this.path = path;
    }

    @Override
    public synchronized WritableByteChannel channel() throws IOException {
        requireOpen();
        if (output == null) {
            output = disk.create(path);
        }
        return new HashingChannel();
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(path);
    }

    @Override
    public synchronized StagedBlob seal(String mediaType) throws IOException {
        requireOpen();
        state = State.ABANDONED;
        Blob blob = output == null ? sealForeign(mediaType) : sealWritten(output, mediaType);
        output = null;
        state = State.SEALED;
        return new StagedBlob(name, blob);
    }

    private Blob sealWritten(Disk.OutputFile open, String mediaType) throws IOException {
        try (open) {
            open.fsync();
        }
        return new Blob(mediaType, Digest.of(sha256.digest()), written);
    }

    private Blob sealForeign(String mediaType) throws IOException {
        boolean there = disk.stat(path).isPresent();
        try (Disk.OutputFile open = there ? disk.reopen(path) : disk.create(path)) {
            open.fsync();
        }
        try (FileChannel file = disk.read(path)) {
            return new Blob(mediaType, FileHashing.hash(file), file.size());
        }
    }

    synchronized boolean sealed() {
        return state == State.SEALED;
    }

    Path file() {
        return path;
    }

    /** Deletes the file unless it is sealed. */
    @Override
    public synchronized void close() throws IOException {
        if (state == State.OPEN || state == State.ABANDONED) {
            state = State.DISCARDED;
            if (output != null) {
                output.close();
            }
            if (disk.stat(path).isPresent()) {
                disk.unlink(path);
            }
        }
    }

    private synchronized int append(ByteBuffer bytes) throws IOException {
        requireOpen();
        if (output == null) {
            throw new IllegalStateException("staged file " + name + " has no channel open");
        }
        int length = bytes.remaining();
        sha256.update(bytes.duplicate());
        state = State.ABANDONED;
        output.write(bytes);
        state = State.OPEN;
        written += length;
        return length;
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException("staged file " + name + " is " + state);
        }
    }

    /** Writes into the file and its hash. */
    private final class HashingChannel implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return append(bytes);
        }

        @Override
        public boolean isOpen() {
            synchronized (FileStagedFile.this) {
                return state == State.OPEN;
            }
        }

        /** Does nothing: the file is closed by sealing it. */
        @Override
        public void close() {}
    }
}
