package io.strandline.state.rocksdb;

import io.strandline.state.RunReader;
import io.strandline.storage.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/** Reads an SST file by itself. Its native memory is freed when the reader and every cursor are closed. */
final class SstRunReader implements RunReader {

    private final BlobReader blob;
    private final Options options = new Options();
    private final SstFileReader file = new SstFileReader(options);
    private final AtomicInteger users = new AtomicInteger(1);

    SstRunReader(BlobReader blob, Path path) throws IOException {
        this.blob = blob;
        boolean opened = false;
        try {
            file.open(path.toString());
            opened = true;
        } catch (RocksDBException e) {
            throw new IOException("cannot read " + path + ": " + e.getMessage(), e);
        } finally {
            if (!opened) {
                closeNative();
            }
        }
    }

    @Override
    public Found get(ByteBuffer key) throws IOException {
        try (Cursor cursor = seek(key)) {
            if (!cursor.next() || !cursor.key().equals(key)) {
                return Found.ABSENT;
            }
            ByteBuffer value = cursor.value();
            return value == null ? Found.DELETED : Found.value(value);
        }
    }

    @Override
    public Cursor seek(ByteBuffer from) throws IOException {
        if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new IOException("the run was closed");
        }
        byte[] key = new byte[from.remaining()];
        from.get(from.position(), key);
        return new SstCursor(key);
    }

    @Override
    public void close() throws IOException {
        release();
        blob.close();
    }

    static @Nullable ByteBuffer decode(byte[] stored) {
        return switch (stored.length) {
            case 0 -> null;
            case 1 -> ByteBuffer.allocate(0);
            default -> ByteBuffer.wrap(stored);
        };
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            closeNative();
        }
    }

    private void closeNative() {
        file.close();
        options.close();
    }

    /** Walks the file with an iterator of its own. */
    private final class SstCursor implements Cursor {

        private final ReadOptions reading = new ReadOptions().setVerifyChecksums(true);
        private final SstFileReaderIterator iterator = file.newIterator(reading);
        private boolean started;
        private boolean closed;
        private ByteBuffer key = ByteBuffer.allocate(0);

        SstCursor(byte[] from) {
            iterator.seek(from);
        }

        @Override
        public boolean next() throws IOException {
            if (started) {
                iterator.next();
            }
            started = true;
            if (iterator.isValid()) {
                key = ByteBuffer.wrap(iterator.key());
                return true;
            }
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw new IOException("an SST run is damaged: " + e.getMessage(), e);
            }
            return false;
        }

        @Override
        public ByteBuffer key() {
            return key;
        }

        @Override
        public @Nullable ByteBuffer value() {
            return decode(iterator.value());
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                iterator.close();
                reading.close();
                release();
            }
        }
    }
}
