package io.strandline.state.run;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens stored versions for reading. */
public final class SnapshotReaders {

    private final List<RunFormat> formats;

    /** Reads runs of the given formats. */
    public SnapshotReaders(List<RunFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /**
     * Opens a version's states, whose files stay pinned until the reader is closed.
     *
     * @param operators what its manifest lists
     * @param maxParallelism its number of key groups
     */
    public SnapshotReader open(List<OperatorContent> operators, int maxParallelism, SnapshotStore store)
            throws IOException {
        RunFiles files = new RunFiles(store, formats);
        Map<StoredState.Name, StoredState> states = new LinkedHashMap<>();
        boolean complete = false;
        try {
            for (OperatorContent operator : operators) {
                for (StateContent state : operator.states()) {
                    if (state.schema().form() == StateSchema.Form.IN_FLIGHT) {
                        continue;
                    }
                    StoredState.Name name =
                            new StoredState.Name(operator.name(), state.schema().name());
                    states.put(name, new StoredState(state.schema(), files.open(state.runs()), maxParallelism));
                }
            }
            complete = true;
            return new StoredSnapshot(operators, states, maxParallelism);
        } finally {
            if (!complete) {
                for (StoredState state : states.values()) {
                    state.close();
                }
            }
        }
    }
}
