package io.strandline.state.run;

import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import io.strandline.storage.BlobReader;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads the flat encoding: index and bloom filter on the heap, blocks on demand, each checked against its CRC32C. */
final class FlatRunReader implements RunReader {

    private final BlobReader blob;
    private final FlatIndex index;
    private final BloomFilter bloom;

    FlatRunReader(BlobReader blob) throws IOException {
        this.blob = blob;
        long footerAt = blob.sizeBytes() - FlatRunFormat.FOOTER_BYTES;
        if (footerAt < FlatRunFormat.HEADER_BYTES) {
            throw damaged("it is only " + blob.sizeBytes() + " bytes long");
        }
        ByteBuffer footer = blob.view(footerAt, FlatRunFormat.FOOTER_BYTES);
        long indexAt = footer.getLong();
        int indexBytes = footer.getInt();
        int bloomBytes = footer.getInt();
        int checksum = footer.getInt(32);
        if (footer.getLong(40) != FlatRunFormat.MAGIC
                || footer.getInt(36) != FlatRunFormat.VERSION
                || indexAt + indexBytes + bloomBytes != footerAt) {
            throw damaged("its footer is not that of a flat run of version " + FlatRunFormat.VERSION);
        }
        ByteBuffer tail = blob.view(indexAt, indexBytes + bloomBytes);
        if (checksum(tail) != checksum) {
            throw damaged("its index is not what its checksum says");
        }
        this.index = FlatIndex.read(tail.slice(0, indexBytes), indexAt);
        this.bloom = BloomFilter.read(tail.slice(indexBytes, bloomBytes));
    }

    @Override
    public Found get(ByteBuffer key) throws IOException {
        byte[] bytes = Bytes.of(key);
        int from = Bytes.offset(key);
        int to = from + key.remaining();
        if (!bloom.mayContain(Murmur3.hash(bytes, from, to - from))) {
            return Found.ABSENT;
        }
        int block = index.find(bytes, from, to);
        if (block < 0) {
            return Found.ABSENT;
        }
        FlatCursor cursor = new FlatCursor(this, block);
        while (cursor.nextInBlock()) {
            int order = cursor.compareTo(bytes, from, to);
            if (order == 0) {
                ByteBuffer value = cursor.value();
                return value == null ? Found.DELETED : Found.value(value);
            }
            if (order > 0) {
                break;
            }
        }
        return Found.ABSENT;
    }

    @Override
    public Cursor seek(ByteBuffer from) throws IOException {
        byte[] bytes = Bytes.of(from);
        int start = Bytes.offset(from);
        FlatCursor cursor = new FlatCursor(this, Math.max(0, index.find(bytes, start, start + from.remaining())));
        cursor.skipTo(bytes, start, start + from.remaining());
        return cursor;
    }

    @Override
    public void close() throws IOException {
        blob.close();
    }

    int blocks() {
        return index.blocks();
    }

    /** Copies a block's records into {@code into}, or a larger array, and checks them. */
    Block read(int block, byte[] into) throws IOException {
        ByteBuffer view = blob.view(index.offset(block), index.length(block));
        try {
            int length = view.getInt();
            int checksum = view.getInt();
            if (length != view.remaining()) {
                throw damaged("block " + block + " is cut short");
            }
            byte[] bytes = into.length < length ? new byte[Math.max(length, 2 * into.length)] : into;
            view.get(bytes, 0, length);
            CRC32C crc = new CRC32C();
            crc.update(bytes, 0, length);
            if ((int) crc.getValue() != checksum) {
                throw damaged("block " + block + " is not what its checksum says");
            }
            return new Block(bytes, length);
        } catch (BufferUnderflowException e) {
            throw damaged("block " + block + " is cut short");
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    private static IOException damaged(String how) {
        return new IOException("a flat run is damaged: " + how);
    }

    /** A block's records, from the array's start. */
    record Block(byte[] bytes, int length) {}
}
