package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateCut;
import io.strandline.state.StateExecutors;
import io.strandline.state.SubtaskState;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.run.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs one operator as a subtask would, only crueller: when told to, it snapshots and restores before every batch, watermark
 * and tick. The idea is Hazelcast Jet's {@code TestSupport}.
 */
public final class OperatorHarness implements AutoCloseable {

    private static final int BATCH_SIZE = 4;
    private static final int KEY_GROUPS = 8;

    public final List<List<Object>> emitted = new ArrayList<>();
    public final List<List<Object>> emittedAside = new ArrayList<>();
    public final List<Long> emittedTimes = new ArrayList<>();
    public long late;
    public long wall;

    private final OperatorFactory factory;
    private final List<RowType> inputs;
    private final boolean restores;
    private final SnapshotStore store = new MemorySnapshotStore(1L << 24, Clock.systemUTC());
    private final RunFormat format = new FlatRunFormat();
    private InstanceState instance;
    private SubtaskState state;
    private Operator operator;
    private long watermark = Watermark.NONE;
    private long number;
    private List<OperatorContent> content = List.of();

    public OperatorHarness(OperatorFactory factory, RowType input, boolean restores) {
        this(factory, List.of(input), restores);
    }

    /** Of an operator with several inputs. */
    public OperatorHarness(OperatorFactory factory, List<RowType> inputs, boolean restores) {
        this.factory = factory;
        this.inputs = inputs;
        this.restores = restores;
        this.instance = open(List.of());
        this.state = subtask();
        this.operator = operator();
    }

    /** Rows of the first input, a few a batch; a row is its time, then its values. */
    public void process(List<List<Object>> rows) {
        process(0, rows);
    }

    /** Rows of an input. */
    public void process(int input, List<List<Object>> rows) {
        cruelty();
        for (int from = 0; from < rows.size(); from += BATCH_SIZE) {
            List<List<Object>> some = rows.subList(from, Math.min(rows.size(), from + BATCH_SIZE));
            if (inputs.size() == 1) {
                operator.process(batch(inputs.get(0), some), this::take);
            } else {
                operator.process(input, batch(inputs.get(input), some), this::take);
            }
        }
    }

    public void advance(long to) {
        cruelty();
        while (!operator.advance(to, this::take)) {
            Thread.onSpinWait();
        }
        watermark = to;
    }

    public void tick(long nowNanos) {
        operator.tick(nowNanos, this::take);
    }

    public List<List<Object>> takeEmitted() {
        List<List<Object>> taken = List.copyOf(emitted);
        emitted.clear();
        emittedTimes.clear();
        return taken;
    }

    public void snapshotAndRestore() {
        while (!operator.flush(this::take)) {
            Thread.onSpinWait();
        }
        try {
            instance.begin(++number, SnapshotMode.INCREMENTAL);
            CompletableFuture<FlushStatistics> frozen = state.freeze(number);
            while (state.sweep()) {
                Thread.onSpinWait();
            }
            frozen.join();
            StateCut cut = instance.cut(number);
            instance.committed(number);
            content = List.of(
                    new OperatorContent("operator", watermark, cut.operators().getOrDefault("operator", List.of())));
            InstanceState before = instance;
            instance = open(content);
            before.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state = subtask();
        operator = operator();
    }

    /** A state's entries as a version has them: key columns, namespace, value columns. */
    public List<List<Object>> state(String name) {
        snapshotAndRestore();
        List<List<Object>> entries = new ArrayList<>();
        try (SnapshotReader reader = new SnapshotReaders(List.of(format)).open(content, KEY_GROUPS, store)) {
            reader.scan("operator", name, entry -> {
                List<Object> values = new ArrayList<>(entry.key());
                values.add(entry.namespace());
                values.addAll(entry.value());
                entries.add(values);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** The digest of all that it keeps. */
    public String digest() {
        snapshotAndRestore();
        try (SnapshotReader reader = new SnapshotReaders(List.of(format)).open(content, KEY_GROUPS, store)) {
            return reader.stateDigest().hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            instance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cruelty() {
        if (restores) {
            snapshotAndRestore();
        }
    }

    private InstanceState open(List<OperatorContent> restored) {
        try {
            return new HeapBackend("memory", format, List.of(format))
                    .open(new InstanceStateRequest(
                            store,
                            Files.createTempDirectory("operator"),
                            "1",
                            KEY_GROUPS,
                            1L << 24,
                            Duration.ZERO,
                            new StateExecutors(Runnable::run, Runnable::run),
                            restored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SubtaskState subtask() {
        return instance.subtask("operator", KeyGroupRange.of(0, 1, KEY_GROUPS));
    }

    private Operator operator() {
        Operator made = factory.create();
        made.open(new OperatorContext(
                0, KeyGroupRange.of(0, 1, KEY_GROUPS), KEY_GROUPS, BATCH_SIZE, watermark, state, () -> Instant.ofEpochMilli(wall), rows -> late += rows));
        while (!state.isReady()) {
            state.sweep();
        }
        return made;
    }

    private static Batch batch(RowType input, List<List<Object>> rows) {
        Batch batch = new Batch(input, BATCH_SIZE);
        for (int row = 0; row < rows.size(); row++) {
            batch.timestamps()[row] = ((Number) rows.get(row).get(0)).longValue();
            for (int column = 0; column < input.size(); column++) {
                Object value = rows.get(row).get(column + 1);
                switch (input.column(column).type()) {
                    case DOUBLE -> batch.doubles(column)[row] = ((Number) value).doubleValue();
                    case STRING -> batch.objects(column)[row] = value;
                    default -> batch.longs(column)[row] = ((Number) value).longValue();
                }
            }
        }
        batch.size(rows.size());
        return batch;
    }

    private void take(int output, Batch batch) {
        List<List<Object>> rows = output == 0 ? emitted : emittedAside;
        for (int row = 0; row < batch.size(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < batch.type().size(); column++) {
                Object array = batch.column(column);
                values.add(
                        array instanceof long[] longs
                                ? longs[row]
                                : array instanceof double[] doubles ? doubles[row] : ((Object[]) array)[row]);
            }
            rows.add(List.copyOf(values));
            if (output == 0) {
                emittedTimes.add(batch.timestamps()[row]);
            }
        }
    }
}
