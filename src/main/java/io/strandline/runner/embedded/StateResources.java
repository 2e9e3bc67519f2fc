package io.strandline.runner.embedded;

import io.strandline.state.StateBackend;
import io.strandline.state.StateExecutors;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the runner keeps state with.
 *
 * @param backends by the name a pipeline chooses them by
 * @param workDirectory where instances keep throw-away files, one directory each
 * @param background run flushes and merges; the flusher also what else may block
 */
public record StateResources(Map<String, StateBackend> backends, Path workDirectory, StateExecutors background) {

    public StateResources {
        backends = Map.copyOf(backends);
    }
}
