package io.strandline.storage.file;

import io.strandline.storage.BlobReader;
import io.strandline.storage.Pin;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A memory-mapped blob. Mappings begin at each gigabyte and reach up to two, so that any view of at most a gigabyte lies
 * within one of them; longer views get a mapping of their own.
 */
final class FileBlobReader implements BlobReader {

    private static final long STRIDE_BYTES = 1L << 30;

    private final Path path;
    private final FileChannel channel;
    private final Pin pin;
    private final long sizeBytes;
    private final ConcurrentHashMap<Long, MappedByteBuffer> mappings = new ConcurrentHashMap<>();

    FileBlobReader(Path path, FileChannel channel, Pin pin) throws IOException {
        this.path = path;
        this.channel = channel;
        this.pin = pin;
        this.sizeBytes = channel.size();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public ByteBuffer view(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > sizeBytes) {
            throw new EOFException(
                    "%d bytes from %d reach beyond the %d bytes of %s".formatted(length, offset, sizeBytes, path));
        }
        if (length > STRIDE_BYTES) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        }
        long start = offset / STRIDE_BYTES * STRIDE_BYTES;
        MappedByteBuffer mapping = mappings.get(start);
        if (mapping == null) {
            mapping = map(start);
        }
        return mapping.slice((int) (offset - start), length);
    }

    private MappedByteBuffer map(long start) throws IOException {
        long length = Math.min(sizeBytes - start, Integer.MAX_VALUE);
        MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
        MappedByteBuffer first = mappings.putIfAbsent(start, mapping);
        return first == null ? mapping : first;
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(path);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            pin.close();
        }
    }
}
