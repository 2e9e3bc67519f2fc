package io.strandline.bench.micro;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.KeyedTable;
import io.strandline.state.StateExecutors;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A row's share of finding its entry in a hot table and of changing it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MicroBatches.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-XX:+UseTransparentHugePages")
public class StateTableBenchmark {

    private static final StateSchema SCHEMA = new StateSchema(
            "totals",
            StateSchema.Form.KEYED,
            List.of(new Column("key", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG), new Column("sum", ColumnType.LONG)));

    @Param({"10000", "1000000"})
    long keys;

    private MicroBatches batches;
    private BatchKeys batchKeys;
    private InstanceState state;
    private KeyedTable table;
    private final int[] entries = new int[MicroBatches.ROWS];

    /** Fills the table. */
    @Setup
    public void open() throws IOException {
        Path directory = Files.createTempDirectory("micro-");
        FlatRunFormat format = new FlatRunFormat();
        state = new HeapBackend("memory", format, List.of(format))
                .open(new InstanceStateRequest(
                        new MemorySnapshotStore(1L << 30, Clock.systemUTC()),
                        directory,
                        "micro",
                        128,
                        1L << 30,
                        Duration.ZERO,
                        new StateExecutors(Runnable::run, Runnable::run),
                        List.of()));
        table = state.subtask("micro", new KeyGroupRange(0, 127)).table(SCHEMA, new long[2]);
        batches = new MicroBatches(keys);
        batchKeys = new BatchKeys(MicroBatches.TYPE, List.of(0));
        for (long row = 0; row < keys * 3; row += MicroBatches.ROWS) {
            update();
        }
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
        state.close();
    }

    /** Count and sum of every row's key. */
    @Benchmark
    public long update() {
        Batch batch = batches.next();
        table.update(batchKeys.of(batch), null, entries);
        long[] words = table.words();
        long[] values = batch.longs(1);
        for (int row = 0; row < batch.size(); row++) {
            words[entries[row]]++;
            words[entries[row] + 1] += values[row];
        }
        return words[entries[0]];
    }
}
