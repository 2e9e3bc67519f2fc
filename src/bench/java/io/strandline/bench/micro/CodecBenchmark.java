package io.strandline.bench.micro;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyCodec;
import io.strandline.state.KeyHasher;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A row's share of hashing keys and of writing them in their canonical encoding. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MicroBatches.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private final KeyCodec codec = new KeyCodec(MicroBatches.TYPE.columns());
    private final KeyHasher hasher = new KeyHasher(MicroBatches.TYPE.columns());
    private final long[] hashes = new long[MicroBatches.ROWS];
    private KeyBuffer buffer;
    private MicroBatches batches;
    private BatchKeys keys;

    /** Makes the rows. */
    @Setup
    public void open() {
        buffer = new KeyBuffer();
        batches = new MicroBatches(1_000_000);
        keys = new BatchKeys(MicroBatches.TYPE, List.of(0, 1));
    }

    /** Keys of two columns, encoded. */
    @Benchmark
    public int encode() {
        buffer.clear();
        keys.of(batches.next());
        for (int row = 0; row < keys.size(); row++) {
            codec.encode(keys, row, buffer);
        }
        return buffer.length();
    }

    /** Keys of two columns, hashed. */
    @Benchmark
    public long hash() {
        Batch batch = batches.next();
        hasher.hash(new Object[] {batch.column(0), batch.column(1)}, batch.size(), hashes);
        return hashes[0];
    }
}
