package io.strandline.engine;

import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.task.Subtask;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.InstanceState;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyCodec;
import io.strandline.state.KeyColumns;
import io.strandline.state.Murmur3;
import io.strandline.state.SnapshotReader.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The state of a running instance, looked into while it works: each key by the subtask that owns it. Safe for concurrent use. */
public final class LiveState {

    private final JobGraph graph;
    private final InstanceState state;
    private final Supplier<List<Subtask>> subtasks;

    LiveState(JobGraph graph, InstanceState state, Supplier<List<Subtask>> subtasks) {
        this.graph = graph;
        this.state = state;
        this.subtasks = subtasks;
    }

    /** The states that operators have declared so far, by operator. */
    public Map<String, List<StateSchema>> schemas() {
        return state.schemas();
    }

    /**
     * What a state holds under a key between two steps of its owner.
     *
     * @param key one boxed value a key column
     * @return completes with the entries by time and namespace, empty when there is no such state (yet); fails when they cannot be read
     *     or the instance ends
     */
    public CompletableFuture<Optional<List<Entry>>> look(String operator, String name, List<Object> key) {
        Optional<StateSchema> schema = schemas().getOrDefault(operator, List.of()).stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        return schema.flatMap(found -> owner(operator, found, key))
                .map(owner -> owner.look(operator, name, key))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private Optional<Subtask> owner(String operator, StateSchema schema, List<Object> key) {
        KeyBuffer encoded = new KeyBuffer();
        new KeyCodec(schema.key()).encode(key, encoded);
        int keyGroup = KeyColumns.keyGroup(Murmur3.hash(encoded.bytes(), 0, encoded.length()), graph.maxParallelism());
        int parallelism = graph.vertex(operator).parallelism();
        return subtasks.get().stream()
                .filter(subtask -> subtask.counters().containsKey(operator))
                .filter(subtask -> KeyGroupRange.of(subtask.id().index(), parallelism, graph.maxParallelism())
                        .contains(keyGroup))
                .findFirst();
    }
}
