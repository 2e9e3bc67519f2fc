package io.strandline.storage.memory;

import io.strandline.storage.BlobReader;
import io.strandline.storage.Pin;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Views of a byte array. */
final class MemoryBlobReader implements BlobReader {

    private final ByteBuffer bytes;
    private final Pin pin;

    MemoryBlobReader(byte[] bytes, Pin pin) {
        this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        this.pin = pin;
    }

    @Override
    public long sizeBytes() {
        return bytes.capacity();
    }

    @Override
    public ByteBuffer view(long offset, int length) throws EOFException {
        if (offset < 0 || length < 0 || offset + length > bytes.capacity()) {
            throw new EOFException("%d bytes from %d reach beyond %d".formatted(length, offset, bytes.capacity()));
        }
        return bytes.slice((int) offset, length);
    }

    @Override
    public Optional<Path> path() {
        return Optional.empty();
    }

    @Override
    public void close() {
        pin.close();
    }
}
