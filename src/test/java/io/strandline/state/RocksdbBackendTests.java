package io.strandline.state;

import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The {@code rocksdb} backend keeps the contract. */
class RocksdbBackendTests extends StateFaultContract {

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final StateBackend backend = new RocksdbBackend(new SstRunFormat(), formats);
    private final StateBackend filesystem = new HeapBackend("filesystem", new FlatRunFormat(), formats);

    @Override
    StateBackend backend() {
        return backend;
    }

    @Override
    StateBackend otherBackend() {
        return filesystem;
    }

    @Override
    SnapshotStore store(Path directory) throws IOException {
        return FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    @Override
    List<RunFormat> formats() {
        return formats;
    }

    @Override
    int steps() {
        return 150;
    }
}
