package io.strandline.state.stored;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateDigest;
import io.strandline.state.run.RunFiles;
import io.strandline.storage.Pin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stored version, opened. */
final class StoredSnapshot implements SnapshotReader {

    private static final int TOLD_EVERY = 4096;

    private final List<OperatorContent> operators;
    private final Map<StoredState.Name, StoredState> states;
    private final int maxParallelism;
    private final Pin pin;

    StoredSnapshot(
            List<OperatorContent> operators, Map<StoredState.Name, StoredState> states, int maxParallelism, Pin pin) {
        this.operators = List.copyOf(operators);
        this.states = states;
        this.maxParallelism = maxParallelism;
        this.pin = pin;
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
        try (LiveCursor entries = stored.cursor()) {
            while (entries.next()) {
                visitor.visit(stored.decode(entries.key(), entries.value()));
                count++;
            }
        }
        return count;
    }

    @Override
    public Slice slice(String operator, String state, SliceRequest request) throws IOException {
        return state(operator, state).slice(request);
    }

    @Override
    public long[] count(String operator, String state) throws IOException {
        return state(operator, state).count();
    }

    @Override
    public StateDigest stateDigest(Progress progress) throws IOException {
        ContentSums sums = new ContentSums(maxParallelism);
        for (Map.Entry<StoredState.Name, StoredState> entry : states.entrySet()) {
            StoredState.Name name = entry.getKey();
            StateSchema schema = entry.getValue().schema();
            long count = 0;
            try (LiveCursor entries = entry.getValue().cursor()) {
                while (entries.next()) {
                    if (count++ % TOLD_EVERY == 0) {
                        progress.at(name.operator(), name.state(), count - 1);
                    }
                    sums.add(name.operator(), schema, entries.key(), entries.value());
                }
            }
        }
        return sums.digest();
    }

    @Override
    public void close() throws IOException {
        try (pin) {
            RunFiles.closeAll(states.values());
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
