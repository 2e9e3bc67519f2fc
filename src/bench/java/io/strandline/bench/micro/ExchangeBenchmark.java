package io.strandline.bench.micro;

import io.strandline.engine.channel.Channel;
import io.strandline.engine.channel.ExchangeWriter;
import io.strandline.engine.channel.InputGate;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
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

/** A row's share of a keyed exchange to two receivers, both ends in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MicroBatches.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-XX:+UseTransparentHugePages")
public class ExchangeBenchmark {

    private static final int CAPACITY = 32;

    private MicroBatches batches;
    private ExchangeWriter writer;
    private List<InputGate> gates;

    /** Joins the two ends. */
    @Setup
    public void open() {
        batches = new MicroBatches(1_000_000);
        List<Channel> channels = List.of(channel(), channel());
        writer = ExchangeWriter.keyed(channels, new BatchKeys(MicroBatches.TYPE, List.of(0)), 128, MicroBatches.ROWS);
        gates = channels.stream()
                .map(channel -> new InputGate(List.of(channel), true, Watermark.NONE))
                .toList();
    }

    /** Hashes keys, shares rows out, and takes them at the other end. */
    @Benchmark
    public int exchange() {
        writer.write(batches.next());
        int rows = 0;
        for (InputGate gate : gates) {
            for (Element element = gate.poll(0); element != null; element = gate.poll(0)) {
                if (element instanceof Batch batch) {
                    rows += batch.size();
                    gate.release(batch);
                }
            }
        }
        return rows;
    }

    private static Channel channel() {
        return new Channel(
                0, MicroBatches.TYPE, new Channel.Room(CAPACITY, MicroBatches.ROWS), new Doorbell(), new Doorbell());
    }
}
