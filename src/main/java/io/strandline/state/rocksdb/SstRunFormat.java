package io.strandline.state.rocksdb;

import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.storage.BlobReader;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDB;

/**
 * The {@code sst} encoding: a RocksDB table file with whole-key bloom filter. A delete marker is a key with an empty value, and
 * an empty value is one zero byte, so that a database may hold both as plain entries.
 *
 * <p>RocksDB wants paths: a store without a file system is refused.
 */
public final class SstRunFormat implements RunFormat {

    /** What manifests call it. */
    public static final String MEDIA_TYPE = "application/vnd.strandline.run.sst.v1";

    /** Loads RocksDB's native library. */
    public SstRunFormat() {
        RocksDB.loadLibrary();
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public RunWriter writer(StagedFile file) throws IOException {
        return new SstRunWriter(file, file.path().orElseThrow(SstRunFormat::noPath));
    }

    @Override
    public RunReader reader(BlobReader blob) throws IOException {
        Path path = blob.path().orElseThrow(SstRunFormat::noPath);
        return new SstRunReader(blob, path);
    }

    private static IOException noPath() {
        return new IOException("SST runs need a snapshot store on a file system");
    }
}
