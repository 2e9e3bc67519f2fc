package io.strandline.state.rocksdb;

import io.strandline.state.RunWriter;
import io.strandline.state.run.BloomFilter;
import io.strandline.state.run.KeyHashes;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** Writes an SST file through direct buffers, in the format that {@link SstTable} reads. */
final class SstRunWriter implements RunWriter {

    private static final int FORMAT_VERSION = 2;

    private final StagedFile file;
    private final Options options = new Options()
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setTableFormatConfig(
                    new BlockBasedTableConfig().setFormatVersion(FORMAT_VERSION).setChecksumType(ChecksumType.kCRC32c));
    private final EnvOptions environment = new EnvOptions();
    private final SstFileWriter writer = new SstFileWriter(environment, options);
    private final KeyHashes hashes = new KeyHashes();
    private ByteBuffer key = ByteBuffer.allocateDirect(256);
    private ByteBuffer value = ByteBuffer.allocateDirect(256);

    SstRunWriter(StagedFile file, Path path) throws IOException {
        this.file = file;
        boolean opened = false;
        try {
            writer.open(path.toString());
            opened = true;
        } catch (RocksDBException e) {
            throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
        } finally {
            if (!opened) {
                closeNative();
            }
        }
    }

    @Override
    public void put(ByteBuffer entryKey, ByteBuffer entryValue) throws IOException {
        hashes.add(entryKey);
        add(entryKey, entryValue);
    }

    @Override
    public void delete(ByteBuffer entryKey) throws IOException {
        hashes.add(entryKey);
        byte[] deleted = new byte[entryKey.remaining()];
        entryKey.get(entryKey.position(), deleted);
        try {
            writer.delete(deleted);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public StagedBlob finish() throws IOException {
        BloomFilter filter = hashes.filter();
        ByteBuffer stored = ByteBuffer.allocate(filter.sizeBytes());
        filter.writeTo(stored);
        add(ByteBuffer.wrap(SstRunFormat.FILTER_KEY), stored.flip());
        try {
            writer.finish();
        } catch (RocksDBException e) {
            throw new IOException("cannot finish an SST file: " + e.getMessage(), e);
        }
        return file.seal(SstRunFormat.MEDIA_TYPE);
    }

    @Override
    public void close() throws IOException {
        closeNative();
        file.close();
    }

    private void add(ByteBuffer entryKey, ByteBuffer entryValue) throws IOException {
        key = fill(key, entryKey);
        value = fill(value, entryValue);
        try {
            writer.put(key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static IOException failed(RocksDBException e) {
        return new IOException("cannot write an SST file: " + e.getMessage(), e);
    }

    private void closeNative() {
        writer.close();
        environment.close();
        options.close();
    }

    private static ByteBuffer fill(ByteBuffer target, ByteBuffer source) {
        ByteBuffer room = target.capacity() < source.remaining()
                ? ByteBuffer.allocateDirect(2 * source.remaining())
                : target.clear();
        return room.put(source.duplicate()).flip();
    }
}
