package io.strandline.bench.micro;

import io.strandline.engine.element.Batch;
import io.strandline.expression.ColumnKernel;
import io.strandline.expression.Columns;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.cel.Expression;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Warmup;

/** A row's share of a predicate's kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(MicroBatches.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {

    @Param({"value > 30000", "value > 100 && key % 2 == 0", "value * 3 + key > 1000000 ? key > 5 : value < 7"})
    String text;

    private final int[] selected = new int[MicroBatches.ROWS];
    private MicroBatches batches;
    private ColumnKernel kernel;

    /** Compiles the predicate. */
    @Setup
    public void open() throws ExpressionException {
        batches = new MicroBatches(1_000_000);
        Map<String, ValueType> types = new LinkedHashMap<>();
        types.put("key", ValueType.LONG);
        types.put("value", ValueType.LONG);
        kernel = Expression.compile(text, RowSchema.of(types)).newKernel();
    }

    /** Chooses rows. */
    @Benchmark
    public int select() {
        Batch batch = batches.next();
        return kernel.select(new BatchColumns(batch), batch.size(), selected);
    }

    /** Lets a kernel read a batch. */
    private record BatchColumns(Batch batch) implements Columns {

        @Override
        public long[] longs(int column) {
            return batch.longs(column);
        }

        @Override
        public double[] doubles(int column) {
            return batch.doubles(column);
        }

        @Override
        public Object[] objects(int column) {
            return batch.objects(column);
        }
    }
}
