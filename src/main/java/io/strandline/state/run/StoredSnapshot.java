package io.strandline.state.run;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.RunReader;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateDigest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stored version, opened. */
final class StoredSnapshot implements SnapshotReader {

    private final List<OperatorContent> operators;
    private final Map<StoredState.Name, StoredState> states;
    private final int maxParallelism;

    StoredSnapshot(List<OperatorContent> operators, Map<StoredState.Name, StoredState> states, int maxParallelism) {
        this.operators = List.copyOf(operators);
        this.states = states;
        this.maxParallelism = maxParallelism;
    }

    @Override
    public List<OperatorContent> operators() {
        return operators;
    }

    @Override
    public Optional<StateSchema> schema(String operator, String state) {
        return Optional.ofNullable(states.get(new StoredState.Name(operator, state)))
                .map(StoredState::schema);
    }

    @Override
    public List<Entry> lookup(String operator, String state, List<Object> key) throws IOException {
        return state(operator, state).lookup(key);
    }

    @Override
    public long scan(String operator, String state, EntryVisitor visitor) throws IOException {
        StoredState stored = state(operator, state);
        long count = 0;
        try (RunReader.Cursor entries = stored.cursor()) {
            while (entries.next()) {
                visitor.visit(stored.decode(entries.key(), StoredState.valueOf(entries)));
                count++;
            }
        }
        return count;
    }

    @Override
    public StateDigest stateDigest() throws IOException {
        ContentSums sums = new ContentSums(maxParallelism);
        for (Map.Entry<StoredState.Name, StoredState> entry : states.entrySet()) {
            StoredState.Name name = entry.getKey();
            StateSchema schema = entry.getValue().schema();
            try (RunReader.Cursor entries = entry.getValue().cursor()) {
                while (entries.next()) {
                    sums.add(name.operator(), schema, entries.key(), StoredState.valueOf(entries));
                }
            }
        }
        return sums.digest();
    }

    @Override
    public void close() throws IOException {
        for (StoredState state : states.values()) {
            state.close();
        }
    }

    private StoredState state(String operator, String state) {
        StoredState stored = states.get(new StoredState.Name(operator, state));
        if (stored == null) {
            throw new IllegalArgumentException("the version has no state %s.%s".formatted(operator, state));
        }
        return stored;
    }
}
