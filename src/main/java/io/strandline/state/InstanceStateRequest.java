package io.strandline.state;

import io.strandline.snapshot.OperatorContent;
import io.strandline.storage.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a backend needs to open an instance's state.
 *
 * @param store where snapshot files are read and written
 * @param workDirectory the instance's own throw-away directory, empty
 * @param owner unique to the instance among all that share the store; names its staging areas {@code <owner>-<number>}
 * @param maxParallelism number of key groups
 * @param memoryBudgetBytes what all hot tables of the instance may take together
 * @param paceInterval the checkpoint interval: flushing is spread over a share of it; zero for as fast as possible
 * @param executors run flushes and merges
 * @param restored operators of the version to go on from, empty for a fresh start
 */
public record InstanceStateRequest(
        SnapshotStore store,
        Path workDirectory,
        String owner,
        int maxParallelism,
        long memoryBudgetBytes,
        Duration paceInterval,
        StateExecutors executors,
        List<OperatorContent> restored) {

    public InstanceStateRequest {
        restored = List.copyOf(restored);
    }
}
