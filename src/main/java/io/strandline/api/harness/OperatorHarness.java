package io.strandline.api.harness;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.FlushStatistics;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateCut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs one operator as a subtask would, only crueller: when told to, it snapshots and restores before every batch, watermark and
 * tick. Rows come a few a batch, and what is emitted is read during the call only. The idea is Hazelcast Jet's {@code TestSupport}.
 * Used by one thread.
 */
public final class OperatorHarness implements AutoCloseable {

    /** Rows of a batch unless told otherwise. */
    public static final int FEW_ROWS = 4;

    private static final String OPERATOR = "operator";

    private final List<List<Object>> emitted = new ArrayList<>();
    private final List<List<Object>> emittedAside = new ArrayList<>();
    private final List<Long> emittedTimes = new ArrayList<>();
    private final OperatorFactory factory;
    private final List<RowType> inputs;
    private final boolean restores;
    private final int batchSize;
    private final Output output;
    private final HarnessState states = new HarnessState();
    private HarnessState.Opened opened;
    private Operator operator;
    private long watermark = Watermark.NONE;
    private long late;
    private long wall;
    private long number;
    private List<OperatorContent> content = List.of();

    /** @param restores whether to snapshot and restore before everything that comes */
    public OperatorHarness(OperatorFactory factory, RowType input, boolean restores) {
        this(factory, List.of(input), restores);
    }

    /** Of an operator with several inputs. */
    public OperatorHarness(OperatorFactory factory, List<RowType> inputs, boolean restores) {
        this(factory, inputs, restores, FEW_ROWS, null);
    }

    OperatorHarness(
            OperatorFactory factory, List<RowType> inputs, boolean restores, int batchSize, @Nullable Output tap) {
        this.factory = factory;
        this.inputs = List.copyOf(inputs);
        this.restores = restores;
        this.batchSize = batchSize;
        this.output = tap == null ? this::take : tap;
        this.opened = states.open(OPERATOR, List.of());
        this.operator = start();
    }

    /** Rows of the first input; a row is its time, then its values. */
    public void process(List<List<Object>> rows) {
        process(0, rows);
    }

    /** Rows of an input. */
    public void process(int input, List<List<Object>> rows) {
        beforeEach();
        for (int from = 0; from < rows.size(); from += batchSize) {
            feed(input, batch(inputs.get(input), rows.subList(from, Math.min(rows.size(), from + batchSize))));
        }
    }

    /** A batch of an input, which belongs to the caller again on return. */
    void process(int input, Batch batch) {
        beforeEach();
        feed(input, batch);
    }

    private void feed(int input, Batch batch) {
        if (inputs.size() == 1) {
            operator.process(batch, output);
        } else {
            operator.process(input, batch, output);
        }
    }

    /** Lets event time reach {@code to}. */
    public void advance(long to) {
        beforeEach();
        while (!operator.advance(to, output)) {
            Thread.onSpinWait();
        }
        watermark = to;
    }

    /** Lets processing time pass; the operator's wall clock is {@link #wall}. */
    public void tick(long nowNanos) {
        beforeEach();
        operator.tick(nowNanos, output);
    }

    /** Sets the wall clock, in milliseconds. */
    public void wall(long millis) {
        wall = millis;
    }

    /** What came out of the main output: of each row its values. */
    public List<List<Object>> emitted() {
        return emitted;
    }

    /** What came out of side outputs. */
    public List<List<Object>> emittedAside() {
        return emittedAside;
    }

    /** The event times of what came out of the main output. */
    public List<Long> emittedTimes() {
        return emittedTimes;
    }

    /** How many rows came too late and were dropped. */
    public long late() {
        return late;
    }

    /** What came out of the main output, which is forgotten here. */
    public List<List<Object>> takeEmitted() {
        List<List<Object>> taken = List.copyOf(emitted);
        emitted.clear();
        emittedTimes.clear();
        return taken;
    }

    /** Takes a snapshot and goes on from it with a new operator. */
    public void snapshotAndRestore() {
        snapshot();
        restore(content);
    }

    /** Takes a snapshot and goes on; what it holds may be handed to {@link #restore}, also of a harness for another factory. */
    List<OperatorContent> snapshot() {
        while (!operator.flush(output)) {
            Thread.onSpinWait();
        }
        if (factory.states().isEmpty()) {
            content = List.of(new OperatorContent(OPERATOR, watermark, List.of()));
            return content;
        }
        try {
            opened.instance().begin(++number, SnapshotMode.INCREMENTAL);
            CompletableFuture<FlushStatistics> frozen = opened.subtask().freeze(number);
            while (opened.subtask().sweep()) {
                Thread.onSpinWait();
            }
            frozen.join();
            StateCut cut = opened.instance().cut(number);
            opened.instance().committed(number);
            content = List.of(
                    new OperatorContent(OPERATOR, watermark, cut.operators().getOrDefault(OPERATOR, List.of())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    /** Throws the operator away and goes on with a new one from what a snapshot holds. */
    void restore(List<OperatorContent> from) {
        HarnessState.Opened before = opened;
        opened = states.open(OPERATOR, from);
        before.close();
        watermark = from.isEmpty() ? Watermark.NONE : from.get(0).watermark();
        operator = start();
    }

    /** A state's entries as a version has them: key columns, namespace, value columns. */
    public List<List<Object>> state(String name) {
        snapshotAndRestore();
        List<List<Object>> entries = new ArrayList<>();
        try (SnapshotReader reader = states.read(content)) {
            reader.scan(OPERATOR, name, entry -> {
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
        try (SnapshotReader reader = states.read(content)) {
            return reader.stateDigest().hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        opened.close();
        states.close();
    }

    private void beforeEach() {
        if (restores) {
            snapshotAndRestore();
        }
    }

    private Operator start() {
        Operator made = factory.create();
        made.open(new OperatorContext(
                0,
                KeyGroupRange.of(0, 1, HarnessState.KEY_GROUPS),
                HarnessState.KEY_GROUPS,
                batchSize,
                watermark,
                opened.subtask(),
                () -> Instant.ofEpochMilli(wall),
                rows -> late += rows));
        while (!opened.subtask().isReady()) {
            opened.subtask().sweep();
        }
        return made;
    }

    private Batch batch(RowType input, List<List<Object>> rows) {
        Batch batch = new Batch(input, batchSize);
        for (int row = 0; row < rows.size(); row++) {
            batch.timestamps()[row] = ((Number) rows.get(row).get(0)).longValue();
            for (int column = 0; column < input.size(); column++) {
                Object value = rows.get(row).get(column + 1);
                switch (input.column(column).type()) {
                    case DOUBLE -> batch.doubles(column)[row] = ((Number) value).doubleValue();
                    case STRING, BYTES -> batch.objects(column)[row] = value;
                    default -> batch.longs(column)[row] = ((Number) value).longValue();
                }
            }
        }
        batch.size(rows.size());
        return batch;
    }

    private void take(int side, Batch batch) {
        List<List<Object>> rows = side == 0 ? emitted : emittedAside;
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
            if (side == 0) {
                emittedTimes.add(batch.timestamps()[row]);
            }
        }
    }
}
