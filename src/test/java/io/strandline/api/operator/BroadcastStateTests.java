package io.strandline.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.type.Types;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.StateExecutors;
import io.strandline.state.SubtaskState;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a broadcast map under the key groups of subtasks that come and go. */
class BroadcastStateTests {

    private static final String OPERATOR = "ruled";
    private static final int MAX_PARALLELISM = 32;
    private static final KeyGroupRange LOWER = new KeyGroupRange(0, 15);
    private static final KeyGroupRange UPPER = new KeyGroupRange(16, 31);
    private static final KeyGroupRange ALL = new KeyGroupRange(0, 31);

    private final SnapshotStore store = new MemorySnapshotStore(1L << 20, Clock.systemUTC());
    private final RunFormat format = new FlatRunFormat();
    private List<OperatorContent> version = List.of();
    private long number;

    @TempDir
    Path directory;

    /** A barrier that overtakes rows finds copies that have come differently far; the rest is on its way to each. */
    @Test
    void allKeyGroupsGoOnWithTheCopyOfTheFirstEvenIfNobodyReadsItThere() throws IOException {
        live(Map.of(LOWER, copy -> put(copy, "a", "b"), UPPER, copy -> put(copy, "a")));
        live(Map.of(ALL, copy -> {}));
        live(Map.of(
                LOWER, copy -> assertThat(copy.entries()).containsOnlyKeys("a", "b"),
                UPPER, copy -> assertThat(copy.entries()).containsOnlyKeys("a", "b")));
    }

    private static void put(UnkeyedState.OfMap<String, Long> copy, String... rules) {
        for (String rule : rules) {
            copy.put(rule, 1L);
        }
    }

    /** Goes on from the newest version with a subtask a range of key groups, and makes the next version. */
    private void live(Map<KeyGroupRange, Consumer<UnkeyedState.OfMap<String, Long>>> subtasks) throws IOException {
        InstanceStateRequest request = new InstanceStateRequest(
                store,
                directory,
                "instance" + ++number,
                MAX_PARALLELISM,
                1L << 20,
                Duration.ZERO,
                new StateExecutors(Runnable::run, Runnable::run),
                version);
        try (InstanceState instance = new HeapBackend("memory", format, List.of(format)).open(request)) {
            instance.begin(number, SnapshotMode.INCREMENTAL);
            List<CompletableFuture<?>> frozen = new ArrayList<>();
            subtasks.forEach((keyGroups, use) -> {
                SubtaskState state = instance.subtask(OPERATOR, keyGroups);
                UnkeyedState.OfMap<String, Long> copy = new UnkeyedState.OfMap<>(
                        "rules", Types.map(Types.STRING, Types.LONG), Types.STRING, Types.LONG);
                copy.bind(state, keyGroups, MAX_PARALLELISM);
                while (!state.isReady()) {
                    state.sweep();
                }
                use.accept(copy);
                copy.writeBack();
                frozen.add(state.freeze(number));
                while (state.sweep()) {
                    Thread.onSpinWait();
                }
            });
            frozen.forEach(CompletableFuture::join);
            version = List.of(new OperatorContent(
                    OPERATOR, 0, instance.cut(number).operators().get(OPERATOR)));
            instance.committed(number);
        }
    }
}
