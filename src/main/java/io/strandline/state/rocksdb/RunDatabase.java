package io.strandline.state.rocksdb;

import io.strandline.snapshot.Run;
import io.strandline.state.run.LookupBatch;
import io.strandline.storage.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * A throw-away database of SST runs, ingested oldest first through hard links. It never compacts: it is a view of the list, and
 * merging is done elsewhere.
 */
final class RunDatabase implements Closeable {

    private static final long CACHE_BYTES = 32L << 20;
    private static final int BLOOM_BITS_PER_KEY = 10;

    private final Path directory;
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setDisableAutoCompactions(true)
            .setKeepLogFileNum(1)
            .setTableFormatConfig(
                    new BlockBasedTableConfig().setFilterPolicy(bloom).setBlockCache(cache));
    private final ReadOptions reading = new ReadOptions();
    private final RocksDB database;
    private final List<Run> runs = new ArrayList<>();
    private final BitSet held = new BitSet();

    RunDatabase(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        try {
            this.database = RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            closeOptions();
            throw new IOException("cannot open a database in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Whether a list begins with what is ingested already. */
    boolean canAppend(List<Run> list) {
        return list.size() >= runs.size() && list.subList(0, runs.size()).equals(runs);
    }

    /** Ingests what of a list is not yet in here. */
    void append(List<Run> list, SnapshotStore store) throws IOException {
        for (Run run : list.subList(runs.size(), list.size())) {
            ingest(run, store);
            runs.add(run);
        }
    }

    /** Looks up every key of the batch that is not settled. */
    void lookup(LookupBatch batch) throws IOException {
        List<byte[]> keys = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            ByteBuffer key = batch.key(i);
            byte[] bytes = new byte[key.remaining()];
            key.get(bytes);
            keys.add(bytes);
        }
        try {
            List<byte[]> values = database.multiGetAsList(reading, keys);
            for (int i = 0; i < keys.size(); i++) {
                if (values.get(i) != null) {
                    settle(batch, i, values.get(i));
                }
            }
        } catch (RocksDBException e) {
            throw new IOException("cannot read state: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        closeOptions();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static void settle(LookupBatch batch, int index, byte[] stored) {
        ByteBuffer value = SstRunReader.decode(stored);
        if (value == null) {
            batch.deleted(index);
        } else {
            batch.found(index, value);
        }
    }

    /**
     * Ingests one run and hides what its file, or an older one, holds of key groups that the list up to here does not: a list
     * takes key groups out of a run when a new base for them follows.
     */
    private void ingest(Run run, SnapshotStore store) throws IOException {
        Path link = directory.resolve("ingest.sst");
        store.linkTo(run.blob().digest(), link);
        try (IngestExternalFileOptions ingesting =
                new IngestExternalFileOptions().setMoveFiles(true).setWriteGlobalSeqno(false)) {
            database.ingestExternalFile(List.of(link.toString()), ingesting);
            held.set(run.keyGroups().first(), run.keyGroups().last() + 1);
            hideOthers();
        } catch (RocksDBException e) {
            throw new IOException(
                    "cannot ingest run %s: %s".formatted(run.blob().digest(), e.getMessage()), e);
        } finally {
            Files.deleteIfExists(link);
        }
    }

    private void hideOthers() throws RocksDBException {
        BitSet hidden = new BitSet();
        for (LiveFileMetaData file : database.getLiveFilesMetaData()) {
            hidden.set(keyGroup(file.smallestKey()), keyGroup(file.largestKey()) + 1);
        }
        hidden.andNot(held);
        if (hidden.isEmpty()) {
            return;
        }
        try (WriteOptions writing = new WriteOptions().setDisableWAL(true)) {
            for (int from = hidden.nextSetBit(0); from >= 0; ) {
                int to = hidden.nextClearBit(from);
                database.deleteRange(writing, keyGroup(from), keyGroup(to));
                from = hidden.nextSetBit(to);
            }
        }
    }

    private static int keyGroup(byte[] key) {
        return (key[0] & 0xff) << 8 | key[1] & 0xff;
    }

    private static byte[] keyGroup(int keyGroup) {
        return new byte[] {(byte) (keyGroup >>> 8), (byte) keyGroup};
    }

    private void closeOptions() {
        reading.close();
        options.close();
        bloom.close();
        cache.close();
    }
}
