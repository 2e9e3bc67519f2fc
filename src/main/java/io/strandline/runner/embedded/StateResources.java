package io.strandline.runner.embedded;

import io.strandline.state.StateBackend;
import io.strandline.state.StateExecutors;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the runner keeps state with.
 *
 * @param backends by the name a pipeline chooses them by
 * @param workDirectory where instances keep throw-away files, one directory each
 * @param background run flushes and merges; the flusher also what else may block
 * @param scratchStores open stores that are thrown away
 */
public record StateResources(
        Map<String, StateBackend> backends,
        Path workDirectory,
        StateExecutors background,
        ScratchStores scratchStores) {

    public StateResources {
        backends = Map.copyOf(backends);
    }

    /** The backend of a name. */
    StateBackend backend(String name) {
        StateBackend backend = backends.get(name);
        if (backend == null) {
            throw new IllegalArgumentException("no backend " + name + " in " + backends.keySet());
        }
        return backend;
    }

    /** Opens stores in directories that are deleted afterwards. */
    @FunctionalInterface
    public interface ScratchStores {

        /** A new store in an empty directory. */
        SnapshotStore open(Path directory) throws IOException;
    }
}
