package io.strandline.inspect;

import io.strandline.snapshot.OperatorContent;
import io.strandline.state.SnapshotReader;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.util.List;

/** Opens state of a version read-only, whatever backend wrote it. */
@FunctionalInterface
public interface SnapshotOpener {

    /**
     * Opens the given states, whose files stay pinned until the reader is closed.
     *
     * @param operators the states, as the manifest lists them
     * @param maxParallelism the version's number of key groups
     * @param store where their files lie
     */
    SnapshotReader open(List<OperatorContent> operators, int maxParallelism, SnapshotStore store) throws IOException;
}
