package io.strandline.state.run;

import io.strandline.storage.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads the flat encoding: index and filter on the heap, blocks where they lie in the map, each checked against its CRC32C when it
 * is first read.
 */
final class FlatRunReader implements FilteredRun {

    private final BlobReader blob;
    private final BlockIndex index;
    private final BloomFilter filter;
    private final BlockMarks checked;

    FlatRunReader(BlobReader blob) throws IOException {
        this.blob = blob;
        long footerAt = blob.sizeBytes() - FlatRunFormat.FOOTER_BYTES;
        if (footerAt < FlatRunFormat.HEADER_BYTES) {
            throw damaged("it is only " + blob.sizeBytes() + " bytes long");
        }
        ByteBuffer footer = blob.view(footerAt, FlatRunFormat.FOOTER_BYTES);
        long indexAt = footer.getLong();
        int indexBytes = footer.getInt();
        int filterBytes = footer.getInt();
        int checksum = footer.getInt(32);
        int version = footer.getInt(36);
        if (footer.getLong(40) != FlatRunFormat.MAGIC
                || version < FlatIndexReader.OLDEST_VERSION
                || version > FlatRunFormat.VERSION
                || indexAt + indexBytes + filterBytes != footerAt) {
            throw damaged("its footer is not that of a flat run of version " + FlatRunFormat.VERSION);
        }
        ByteBuffer tail = blob.view(indexAt, indexBytes + filterBytes);
        if (checksum(tail) != checksum) {
            throw damaged("its index is not what its checksum says");
        }
        this.index = new FlatIndexReader(tail.slice(0, indexBytes), indexAt).read(version);
        this.filter = BloomFilter.read(tail.slice(indexBytes, filterBytes));
        this.checked = new BlockMarks(index.blocks());
    }

    @Override
    public BloomFilter filter() {
        return filter;
    }

    @Override
    public Found find(byte[] key, int from, int to) throws IOException {
        int block = index.before(key, from, to, true) - 1;
        if (block < 0) {
            return Found.ABSENT;
        }
        ByteBuffer records = records(block);
        int end = records.limit();
        for (int at = 0; at < end; ) {
            int keyLength = Varints.at(records, at);
            at += Varints.length(keyLength);
            int valueLength = Varints.at(records, at);
            at += Varints.length(valueLength--);
            int order = Bytes.compare(records, at, at + keyLength, key, from, to);
            if (order == 0) {
                return valueLength < 0 ? Found.DELETED : Found.value(records.slice(at + keyLength, valueLength));
            }
            if (order > 0) {
                break;
            }
            at += keyLength + Math.max(0, valueLength);
        }
        return Found.ABSENT;
    }

    @Override
    public Cursor seek(ByteBuffer from) throws IOException {
        byte[] bytes = Bytes.of(from);
        int start = Bytes.offset(from);
        int end = start + from.remaining();
        FlatCursor cursor = new FlatCursor(this, Math.max(0, index.before(bytes, start, end, true) - 1));
        cursor.skipTo(bytes, start, end);
        return cursor;
    }

    @Override
    public void close() throws IOException {
        blob.close();
    }

    int blocks() {
        return index.blocks();
    }

    /** A block's records where they lie, checked. */
    ByteBuffer records(int block) throws IOException {
        ByteBuffer view = blob.view(index.offset(block), index.length(block));
        int length = view.remaining() - FlatRunFormat.BLOCK_HEADER_BYTES;
        ByteBuffer records = view.slice(FlatRunFormat.BLOCK_HEADER_BYTES, length);
        if (!checked.contains(block)) {
            if (view.getInt(0) != length) {
                throw damaged("block " + block + " is cut short");
            }
            if (checksum(records) != view.getInt(Integer.BYTES)) {
                throw damaged("block " + block + " is not what its checksum says");
            }
            checked.add(block);
        }
        return records;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    static IOException damaged(String how) {
        return new IOException("a flat run is damaged: " + how);
    }
}
