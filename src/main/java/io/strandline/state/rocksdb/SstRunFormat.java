package io.strandline.state.rocksdb;

import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.storage.BlobReader;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import org.rocksdb.RocksDB;

/**
 * The {@code sst} encoding: a RocksDB table file with whole-key bloom filter. A delete marker is a key with an empty value, and
 * an empty value is one zero byte, so that a database may hold both as plain entries.
 *
 * <p>RocksDB wants paths: runs are not written to a store without a file system, and read there through a temporary copy.
 */
public final class SstRunFormat implements RunFormat {

    /** What manifests call it. */
    public static final String MEDIA_TYPE = "application/vnd.strandline.run.sst.v1";

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public RunWriter writer(StagedFile file) throws IOException {
        RocksDB.loadLibrary();
        return new SstRunWriter(file, file.path().orElseThrow(SstRunFormat::noPath));
    }

    @Override
    public RunReader reader(BlobReader blob) throws IOException {
        RocksDB.loadLibrary();
        BlobReader file = blob.path().isPresent() ? blob : CopiedBlob.of(blob);
        return new SstRunReader(file, file.path().orElseThrow(SstRunFormat::noPath));
    }

    private static IOException noPath() {
        return new IOException("SST runs need a snapshot store on a file system");
    }
}
