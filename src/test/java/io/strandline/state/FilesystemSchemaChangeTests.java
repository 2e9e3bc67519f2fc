package io.strandline.state;

import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import java.util.List;

class FilesystemSchemaChangeTests extends SchemaChangeContract {

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final StateBackend filesystem = new HeapBackend("filesystem", new FlatRunFormat(), formats);
    private final StateBackend rocksdb = new RocksdbBackend(new SstRunFormat(), formats);

    @Override
    StateBackend backend() {
        return filesystem;
    }

    @Override
    StateBackend otherBackend() {
        return rocksdb;
    }

    @Override
    List<RunFormat> formats() {
        return formats;
    }
}
