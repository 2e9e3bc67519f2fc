package io.strandline.state.stored;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.run.RunFiles;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens stored versions for reading. */
public final class SnapshotReaders {

    private final List<RunFormat> formats;

    /** Reads runs of the given formats. */
    public SnapshotReaders(List<RunFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /** Opens single runs of a store. */
    public RunFiles files(RunFiles.Blobs blobs) {
        return new RunFiles(blobs, formats);
    }

    /**
     * Opens a version's states, whose files stay pinned until the reader is closed. Each is checked against its digest and opened when
     * something in it is first asked for.
     *
     * @param operators what its manifest lists
     * @param maxParallelism its number of key groups
     */
    public SnapshotReader open(List<OperatorContent> operators, int maxParallelism, SnapshotStore store)
            throws IOException {
        RunFiles files = new RunFiles(store, formats);
        Map<StoredState.Name, StoredState> states = new LinkedHashMap<>();
        Set<Digest> named = new HashSet<>();
        for (OperatorContent operator : operators) {
            for (StateContent state : operator.states()) {
                if (state.schema().form() == StateSchema.Form.IN_FLIGHT) {
                    continue;
                }
                state.runs().forEach(run -> named.add(run.blob().digest()));
                states.put(
                        new StoredState.Name(operator.name(), state.schema().name()),
                        new StoredState(state.schema(), new VersionRuns(store, files, state.runs()), maxParallelism));
            }
        }
        return new StoredSnapshot(operators, states, maxParallelism, store.pin(named));
    }
}
