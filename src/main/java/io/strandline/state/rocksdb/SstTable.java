package io.strandline.state.rocksdb;

import io.strandline.state.run.BlockIndex;
import io.strandline.state.run.BlockMarks;
import io.strandline.state.run.Varints;
import io.strandline.storage.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a table file of RocksDB's format version 2, uncompressed and with CRC32C, as {@link SstRunWriter} makes them (after
 * RocksDB's "BlockBasedTable format"). Each is checked when it is first read.
 *
 * <pre>
 * file    = block*, footer
 * block   = entries and restarts, compression (1), masked CRC32C (4, little-endian)
 * footer  = checksum type (1), handle of the meta index, handle of the index, padding up to 41, version (4), magic (8)
 * handle  = offset, length without the five bytes at a block's end (both varint)
 * </pre>
 */
final class SstTable {

    private static final int FOOTER_BYTES = 53;
    private static final int VERSION_AT = 41;
    private static final int VERSION = 2;
    private static final byte CRC32C_TYPE = 1;
    private static final long MAGIC = 0x88e241b785f4cff7L;
    private static final int TRAILER_BYTES = 5;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    private final BlobReader blob;
    private final BlockIndex index;
    private final BlockMarks checked;

    SstTable(BlobReader blob) throws IOException {
        this.blob = blob;
        if (blob.sizeBytes() < FOOTER_BYTES) {
            throw damaged("it is only " + blob.sizeBytes() + " bytes long", null);
        }
        ByteBuffer footer = blob.view(blob.sizeBytes() - FOOTER_BYTES, FOOTER_BYTES);
        if (Long.reverseBytes(footer.getLong(FOOTER_BYTES - Long.BYTES)) != MAGIC
                || Integer.reverseBytes(footer.getInt(VERSION_AT)) != VERSION
                || footer.get(0) != CRC32C_TYPE) {
            throw damaged("its footer is not that of a table of version " + VERSION + " with CRC32C", null);
        }
        try {
            this.index = index(footer);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw damaged("its index is no index", e);
        }
        this.checked = new BlockMarks(index.blocks());
    }

    int blocks() {
        return index.blocks();
    }

    /** The only block that may hold a key; {@link #blocks} when it is behind all. */
    int blockOf(byte[] key, int from, int to) {
        return index.before(key, from, to, false);
    }

    SstBlock block(int block) throws IOException {
        try {
            boolean known = checked.contains(block);
            SstBlock read = new SstBlock(read(index.offset(block), index.length(block), !known));
            if (!known) {
                checked.add(block);
            }
            return read;
        } catch (IndexOutOfBoundsException e) {
            throw damaged("block " + block + " is no block", e);
        }
    }

    void close() throws IOException {
        blob.close();
    }

    private BlockIndex index(ByteBuffer footer) throws IOException {
        int at = 1;
        for (int i = 0; i < 2; i++) {
            at += Varints.length(Varints.longAt(footer, at));
        }
        long indexAt = Varints.longAt(footer, at);
        long indexBytes = Varints.longAt(footer, at + Varints.length(indexAt));
        SstBlock entries = new SstBlock(read(indexAt, Math.toIntExact(indexBytes), true));
        BlockIndex built = new BlockIndex();
        while (entries.next()) {
            ByteBuffer handle = entries.value();
            long offset = Varints.longAt(handle, 0);
            long length = Varints.longAt(handle, Varints.length(offset));
            built.add(entries.key(), 0, entries.keyLength(), offset, Math.toIntExact(length));
        }
        return built.finish();
    }

    private ByteBuffer read(long offset, int length, boolean check) throws IOException {
        ByteBuffer view = blob.view(offset, length + TRAILER_BYTES);
        if (check) {
            if (view.get(length) != 0) {
                throw damaged("the block at " + offset + " is compressed", null);
            }
            CRC32C crc = new CRC32C();
            crc.update(view.slice(0, length + 1));
            int masked = Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
            if (masked != Integer.reverseBytes(view.getInt(length + 1))) {
                throw damaged("the block at " + offset + " is not what its checksum says", null);
            }
        }
        return view.slice(0, length);
    }

    static IOException damaged(String how, @Nullable Exception cause) {
        return new IOException("an SST run is damaged: " + how, cause);
    }
}
