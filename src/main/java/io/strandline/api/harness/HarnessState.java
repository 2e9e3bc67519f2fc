package io.strandline.api.harness;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateExecutors;
import io.strandline.state.SubtaskState;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The state that a harness's operator has: the real one, in memory. */
final class HarnessState implements AutoCloseable {

    static final int KEY_GROUPS = 8;

    private static final long BUDGET = 1L << 24;

    private final SnapshotStore store = new MemorySnapshotStore(BUDGET, Clock.systemUTC());
    private final RunFormat format = new FlatRunFormat();
    private final Path directory;
    private int instances;

    HarnessState() {
        try {
            directory = Files.createTempDirectory("strandline-harness");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance's state and that of its one subtask. */
    record Opened(InstanceState instance, SubtaskState subtask) {

        void close() {
            try {
                instance.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Opened open(String operator, List<OperatorContent> restored) {
        try {
            instances++;
            InstanceState instance = new HeapBackend("memory", format, List.of(format))
                    .open(new InstanceStateRequest(
                            store,
                            Files.createDirectory(directory.resolve(String.valueOf(instances))),
                            String.valueOf(instances),
                            KEY_GROUPS,
                            BUDGET,
                            Duration.ZERO,
                            new StateExecutors(Runnable::run, Runnable::run),
                            restored));
            return new Opened(instance, instance.subtask(operator, KeyGroupRange.of(0, 1, KEY_GROUPS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SnapshotReader read(List<OperatorContent> content) throws IOException {
        return new SnapshotReaders(List.of(format)).open(content, KEY_GROUPS, store);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
