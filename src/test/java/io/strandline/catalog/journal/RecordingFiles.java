package io.strandline.catalog.journal;

import io.strandline.storage.disk.DelegatingDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk that remembers what was made durable, can fail on demand, and forgets the rest when the power goes. */
public class RecordingFiles extends DelegatingDisk {

    private final Map<Path, Long> durable = new HashMap<>();
    private int syncs;
    private @Nullable IOException nextWrite;
    private @Nullable IOException nextSync;
    private @Nullable IOException nextTruncate;
    private @Nullable IOException nextDirectorySync;
    private Runnable beforeSync = () -> {};

    public synchronized void failNextWrite(IOException failure) {
        nextWrite = failure;
    }

    public synchronized void failNextSync(IOException failure) {
        nextSync = failure;
    }

    public synchronized void failNextTruncate(IOException failure) {
        nextTruncate = failure;
    }

    public synchronized void failNextDirectorySync(IOException failure) {
        nextDirectorySync = failure;
    }

    public void beforeSync(Runnable step) {
        beforeSync = step;
    }

    public synchronized int syncs() {
        return syncs;
    }

    /** Cuts every file back to what was made durable. */
    public synchronized void cutPower() throws IOException {
        for (Map.Entry<Path, Long> file : durable.entrySet()) {
            try (RandomAccessFile cut = new RandomAccessFile(file.getKey().toFile(), "rw")) {
                cut.setLength(Math.min(cut.length(), file.getValue()));
            }
        }
    }

    @Override
    public OutputFile create(Path file) throws IOException {
        return recorded(file, super.create(file));
    }

    @Override
    public OutputFile reopen(Path file) throws IOException {
        return recorded(file, super.reopen(file));
    }

    private synchronized OutputFile recorded(Path file, OutputFile real) throws IOException {
        durable.putIfAbsent(file, real.size());
        return new RecordedFile(file, real);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        synchronized (this) {
            IOException failure = nextDirectorySync;
            nextDirectorySync = null;
            if (failure != null) {
                throw failure;
            }
        }
        super.fsyncDirectory(directory);
    }

    private final class RecordedFile extends DelegatingFile {

        private final Path path;

        RecordedFile(Path path, OutputFile real) {
            super(real);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            IOException failure;
            synchronized (RecordingFiles.this) {
                failure = nextWrite;
                nextWrite = null;
            }
            if (failure != null) {
                super.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
                throw failure;
            }
            super.write(bytes);
        }

        @Override
        public void fsync() throws IOException {
            beforeSync.run();
            long size = size();
            synchronized (RecordingFiles.this) {
                syncs++;
                if (nextSync != null) {
                    IOException failure = nextSync;
                    nextSync = null;
                    throw failure;
                }
                durable.put(path, size);
            }
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            synchronized (RecordingFiles.this) {
                if (nextTruncate != null) {
                    IOException failure = nextTruncate;
                    nextTruncate = null;
                    throw failure;
                }
                durable.merge(path, sizeBytes, Math::min);
            }
            super.truncate(sizeBytes);
        }
    }
}
