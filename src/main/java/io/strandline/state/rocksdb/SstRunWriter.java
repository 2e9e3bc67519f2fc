package io.strandline.state.rocksdb;

import io.strandline.state.RunWriter;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** Writes an SST file through direct buffers. */
final class SstRunWriter implements RunWriter {

    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final byte EMPTY_VALUE = 0;

    private final StagedFile file;
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
    private final Options options = new Options()
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(bloom));
    private final EnvOptions environment = new EnvOptions();
    private final SstFileWriter writer = new SstFileWriter(environment, options);
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
        value = fill(value, entryValue);
        if (!entryValue.hasRemaining()) {
            value.clear().put(EMPTY_VALUE).flip();
        }
        add(entryKey);
    }

    @Override
    public void delete(ByteBuffer entryKey) throws IOException {
        value.clear().flip();
        add(entryKey);
    }

    @Override
    public StagedBlob finish() throws IOException {
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

    private void add(ByteBuffer entryKey) throws IOException {
        key = fill(key, entryKey);
        try {
            writer.put(key, value);
        } catch (RocksDBException e) {
            throw new IOException("cannot write an SST file: " + e.getMessage(), e);
        }
    }

    private void closeNative() {
        writer.close();
        environment.close();
        options.close();
        bloom.close();
    }

    private static ByteBuffer fill(ByteBuffer target, ByteBuffer source) {
        ByteBuffer room = target.capacity() < source.remaining()
                ? ByteBuffer.allocateDirect(2 * source.remaining())
                : target.clear();
        return room.put(source.duplicate()).flip();
    }
}
