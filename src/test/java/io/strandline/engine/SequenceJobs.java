package io.strandline.engine;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.engine.operator.aggregate.KeyedAggregateFactory;
import io.strandline.snapshot.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pipelines over a sequence, and the closed form of what they compute. */
final class SequenceJobs {

    static final List<Aggregate> AGGREGATES = List.of(
            Aggregate.count("count"),
            Aggregate.of("total", Aggregate.Function.SUM, ColumnType.LONG, 3),
            Aggregate.of("least", Aggregate.Function.MIN, ColumnType.LONG, 3),
            Aggregate.of("most", Aggregate.Function.MAX, ColumnType.LONG, 3),
            Aggregate.of("mean", Aggregate.Function.AVG, ColumnType.LONG, 3));

    private SequenceJobs() {}

    /** Sequence, aggregate by key, sink. */
    static JobGraph aggregated(
            SequenceSource source, int parallelism, Emission emission, Sink sink, @Nullable Long rate) {
        OperatorFactory aggregate = new KeyedAggregateFactory(source.type(), List.of(2), AGGREGATES, emission);
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", parallelism, source, null, rate),
                        new Vertex.OperatorVertex("by-key", parallelism, aggregate),
                        new Vertex.SinkVertex("out", parallelism, sink)),
                List.of(
                        new Edge("numbers", "by-key", new Exchange.Keyed(List.of(2))),
                        new Edge("by-key", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    static JobGraph aggregated(SequenceSource source, int parallelism) {
        return aggregated(source, parallelism, new Emission.None(), new DiscardSink(), null);
    }

    /** Sequence, sink. */
    static JobGraph copied(SequenceSource source, int parallelism, Sink sink, @Nullable Long rate) {
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", parallelism, source, null, rate),
                        new Vertex.SinkVertex("out", parallelism, sink)),
                List.of(new Edge("numbers", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    /** What the state holds when all records have been read: key to count, total, least, most, mean. */
    static Map<Long, List<Object>> expected(SequenceSource source) {
        Map<Long, long[]> sums = new TreeMap<>();
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                long value = source.value(partition, offset);
                long[] sum = sums.computeIfAbsent(
                        source.key(partition, offset), key -> new long[] {0, 0, Long.MAX_VALUE, Long.MIN_VALUE});
                sum[0]++;
                sum[1] += value;
                sum[2] = Math.min(sum[2], value);
                sum[3] = Math.max(sum[3], value);
            }
        }
        Map<Long, List<Object>> expected = new TreeMap<>();
        sums.forEach((key, sum) ->
                expected.put(key, List.of(sum[0], sum[1], sum[2], sum[3], (double) sum[1] / sum[0])));
        return expected;
    }
}
