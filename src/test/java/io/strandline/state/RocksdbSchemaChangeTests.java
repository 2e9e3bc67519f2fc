package io.strandline.state;

import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import java.util.List;

class RocksdbSchemaChangeTests extends SchemaChangeContract {

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final StateBackend filesystem = new HeapBackend("filesystem", new FlatRunFormat(), formats);
    private final StateBackend rocksdb = new RocksdbBackend(new SstRunFormat(), formats);

    @Override
    StateBackend backend() {
        return rocksdb;
    }

    @Override
    StateBackend otherBackend() {
        return filesystem;
    }

    @Override
    List<RunFormat> formats() {
        return formats;
    }
}
