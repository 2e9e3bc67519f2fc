package io.strandline.state.rocksdb;

import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.storage.BlobReader;
import io.strandline.storage.StagedFile;
import java.io.IOException;
import org.rocksdb.RocksDB;

/**
 * The {@code sst} encoding: a table file that any RocksDB can ingest, with RocksDB's own delete markers. Behind all entries, under
 * a key that no key group begins with, lies the filter.
 *
 * <p>RocksDB writes to paths: runs are not written to a store without a file system. They are read from any.
 */
public final class SstRunFormat implements RunFormat {

    /** What manifests call it. */
    public static final String MEDIA_TYPE = "application/vnd.strandline.run.sst.v1";

    /** Behind every stored key: there are at most 32768 key groups. */
    static final byte[] FILTER_KEY = {(byte) 0xff, 'f', 'i', 'l', 't', 'e', 'r'};

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public RunWriter writer(StagedFile file) throws IOException {
        RocksDB.loadLibrary();
        return new SstRunWriter(
                file,
                file.path().orElseThrow(() -> new IOException("SST runs need a snapshot store on a file system")));
    }

    @Override
    public RunReader reader(BlobReader blob) throws IOException {
        return new SstRunReader(blob);
    }
}
