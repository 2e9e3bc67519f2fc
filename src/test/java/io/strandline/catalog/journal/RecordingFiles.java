package io.strandline.catalog.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk that remembers what was made durable, can fail on demand, and forgets the rest when the power goes. */
public class RecordingFiles implements JournalFiles {

    private final DiskFiles disk = new DiskFiles();
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
    public JournalFile open(Path file) throws IOException {
        JournalFile real = disk.open(file);
        synchronized (this) {
            durable.putIfAbsent(file, real.size());
        }
        return new RecordedFile(file, real);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        synchronized (this) {
            IOException failure = nextDirectorySync;
            nextDirectorySync = null;
            if (failure != null) {
                throw failure;
            }
        }
        disk.syncDirectory(directory);
    }

    private final class RecordedFile implements JournalFile {

        private final Path path;
        private final JournalFile real;

        RecordedFile(Path path, JournalFile real) {
            this.path = path;
            this.real = real;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            IOException failure;
            synchronized (RecordingFiles.this) {
                failure = nextWrite;
                nextWrite = null;
            }
            if (failure != null) {
                real.write(java.util.Arrays.copyOf(bytes, bytes.length / 2));
                throw failure;
            }
            real.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            beforeSync.run();
            long size = real.size();
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
        public void truncate(long size) throws IOException {
            synchronized (RecordingFiles.this) {
                if (nextTruncate != null) {
                    IOException failure = nextTruncate;
                    nextTruncate = null;
                    throw failure;
                }
                durable.merge(path, size, Math::min);
            }
            real.truncate(size);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
