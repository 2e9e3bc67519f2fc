package io.strandline.state.rocksdb;

import io.strandline.storage.BlobReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A blob of a store without a file system, copied to a temporary file while it is read: RocksDB wants paths. */
final class CopiedBlob implements BlobReader {

    private static final int CHUNK_BYTES = 1 << 20;

    private final BlobReader blob;
    private final Path copy;

    private CopiedBlob(BlobReader blob, Path copy) {
        this.blob = blob;
        this.copy = copy;
    }

    static CopiedBlob of(BlobReader blob) throws IOException {
        Path copy = Files.createTempFile("strandline-", ".sst");
        try (OutputStream file = Files.newOutputStream(copy);
                WritableByteChannel channel = Channels.newChannel(file)) {
            for (long offset = 0; offset < blob.sizeBytes(); offset += CHUNK_BYTES) {
                channel.write(blob.view(offset, (int) Math.min(CHUNK_BYTES, blob.sizeBytes() - offset)));
            }
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return new CopiedBlob(blob, copy);
    }

    @Override
    public long sizeBytes() {
        return blob.sizeBytes();
    }

    @Override
    public ByteBuffer view(long offset, int length) throws IOException {
        return blob.view(offset, length);
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(copy);
    }

    @Override
    public void close() throws IOException {
        blob.close();
        Files.deleteIfExists(copy);
    }
}
