package io.strandline.storage.memory;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A byte array that grows, at most to 2 GiB. */
final class MemoryStagedFile implements StagedFile {

    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final String name;
    private final MemoryBudget budget;
    private byte[] bytes = new byte[0];
    private int size;
    private @Nullable StagedBlob sealed;
    private boolean discarded;

    MemoryStagedFile(String name, MemoryBudget budget) {
        this.name = name;
        this.budget = budget;
    }

    @Override
    public synchronized WritableByteChannel channel() {
        requireOpen();
        return new Appender();
    }

    @Override
    public Optional<Path> path() {
        return Optional.empty();
    }

    @Override
    public synchronized StagedBlob seal(String mediaType) {
        requireOpen();
        bytes = Arrays.copyOf(bytes, size);
        sealed = new StagedBlob(name, new Blob(mediaType, Digest.ofBytes(bytes), size));
        return sealed;
    }

    synchronized boolean sealed() {
        return sealed != null;
    }

    /** Hands the bytes, and the budget they take, to the caller. */
    synchronized byte[] handOver() {
        byte[] all = bytes;
        bytes = new byte[0];
        size = 0;
        return all;
    }

    synchronized void discard() {
        budget.give(size);
        size = 0;
        bytes = new byte[0];
        discarded = true;
    }

    @Override
    public synchronized void close() {
        if (sealed == null && !discarded) {
            discard();
        }
    }

    private synchronized int append(ByteBuffer source) throws IOException {
        if (!open()) {
            throw new ClosedChannelException();
        }
        int length = source.remaining();
        if (length > MAX_BYTES - size) {
            throw new StorageFullException("a file in memory cannot be longer than 2 GiB", null);
        }
        budget.take(length);
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(size + length, bytes.length * 2L)));
        }
        source.get(bytes, size, length);
        size += length;
        return length;
    }

    private boolean open() {
        return sealed == null && !discarded;
    }

    private void requireOpen() {
        if (!open()) {
            throw new IllegalStateException("staged file " + name + " is sealed or closed");
        }
    }

    /** Appends to the array. */
    private final class Appender implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            return append(source);
        }

        @Override
        public boolean isOpen() {
            synchronized (MemoryStagedFile.this) {
                return open();
            }
        }

        /** Does nothing: the file is closed by sealing it. */
        @Override
        public void close() {}
    }
}
