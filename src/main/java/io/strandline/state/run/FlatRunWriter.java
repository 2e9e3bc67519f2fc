package io.strandline.state.run;

import io.strandline.state.RunWriter;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/** Writes the flat encoding, block by block through one buffer. */
final class FlatRunWriter implements RunWriter {

    private static final int BLOCK_TARGET_BYTES = 768;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int MOST_RECORD_HEADER_BYTES = 10;

    private final StagedFile file;
    private final WritableByteChannel channel;
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final FlatIndexWriter index = new FlatIndexWriter();
    private final KeyHashes hashes = new KeyHashes();
    private int blockStart = -1;
    private long flushed;
    private long entries;
    private long deletes;

    FlatRunWriter(StagedFile file) throws IOException {
        this.file = file;
        this.channel = file.channel();
        buffer.putLong(FlatRunFormat.MAGIC);
    }

    @Override
    public void put(ByteBuffer key, ByteBuffer value) throws IOException {
        begin(key, value.remaining());
        Varints.put(buffer, key.remaining());
        Varints.put(buffer, value.remaining() + 1);
        append(key);
        append(value);
        end();
    }

    @Override
    public void delete(ByteBuffer key) throws IOException {
        begin(key, 0);
        Varints.put(buffer, key.remaining());
        Varints.put(buffer, 0);
        append(key);
        deletes++;
        end();
    }

    @Override
    public StagedBlob finish() throws IOException {
        closeBlock();
        flush();
        BloomFilter bloom = hashes.filter();
        ByteBuffer tail = ByteBuffer.allocate(index.sizeBytes() + bloom.sizeBytes() + FlatRunFormat.FOOTER_BYTES);
        index.writeTo(tail);
        bloom.writeTo(tail);
        checksum.reset();
        checksum.update(tail.array(), 0, tail.position());
        tail.putLong(flushed).putInt(index.sizeBytes()).putInt(bloom.sizeBytes());
        tail.putLong(entries).putLong(deletes).putInt((int) checksum.getValue());
        tail.putInt(FlatRunFormat.VERSION).putLong(FlatRunFormat.MAGIC);
        write(tail.flip());
        return file.seal(FlatRunFormat.MEDIA_TYPE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void begin(ByteBuffer key, int valueBytes) throws IOException {
        int room = key.remaining() + valueBytes + MOST_RECORD_HEADER_BYTES + FlatRunFormat.BLOCK_HEADER_BYTES;
        if (buffer.remaining() < room) {
            closeBlock();
            flush();
            if (buffer.capacity() < room) {
                buffer = ByteBuffer.allocate(room);
            }
        }
        if (blockStart < 0) {
            blockStart = buffer.position();
            buffer.putLong(0);
            index.begin(key);
        }
        hashes.add(key);
        entries++;
    }

    private void append(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            buffer.put(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            buffer.put(bytes.duplicate());
        }
    }

    private void end() {
        if (buffer.position() - blockStart >= BLOCK_TARGET_BYTES) {
            closeBlock();
        }
    }

    private void closeBlock() {
        if (blockStart < 0) {
            return;
        }
        int from = blockStart + FlatRunFormat.BLOCK_HEADER_BYTES;
        int length = buffer.position() - from;
        checksum.reset();
        checksum.update(buffer.array(), from, length);
        buffer.putInt(blockStart, length).putInt(blockStart + Integer.BYTES, (int) checksum.getValue());
        index.end(buffer.position() - blockStart);
        blockStart = -1;
    }

    private void flush() throws IOException {
        flushed += buffer.position();
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
