package io.strandline.state;

import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The {@code memory} backend keeps the contract. */
class MemoryBackendTests extends StateFaultContract {

    private final StateBackend backend = new HeapBackend("memory", new FlatRunFormat(), formats());

    @Override
    StateBackend backend() {
        return backend;
    }

    @Override
    StateBackend otherBackend() {
        return backend;
    }

    @Override
    SnapshotStore store(Path directory) {
        return new MemorySnapshotStore(1L << 30, Clock.systemUTC());
    }

    @Override
    List<RunFormat> formats() {
        return List.of(new FlatRunFormat());
    }

    @Override
    int steps() {
        return 700;
    }
}
