package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.engine.operator.aggregate.KeyedAggregateFactory;
import io.strandline.engine.operator.row.ComputedColumn;
import io.strandline.engine.operator.row.FilterFactory;
import io.strandline.engine.operator.row.MapFactory;
import io.strandline.engine.operator.row.RowPredicate;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters and maps before an aggregate, aggregates behind an aggregate, and two readers of one stream. */
class ChainedOperatorsTests {

    private static final SequenceSource NUMBERS = new SequenceSource(2, 20_000, 64, 5);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void countsWhatWasFilteredAndMappedByANewKey(int parallelism) throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(graph(parallelism), EngineHarness.every(Duration.ofMillis(4)));

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(read(harness, "by-name", "aggregates")).isEqualTo(expected());
            assertThat(read(harness, "by-count", "aggregates").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("a row for every change of by-name")
                    .isEqualTo(expected().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            assertThat(running.operator("all").recordsIn()).isEqualTo(40_000);
        }
    }

    private static int selectEven(Batch batch, int[] selected) {
        int count = 0;
        for (int row = 0; row < batch.size(); row++) {
            selected[count] = row;
            count += batch.longs(3)[row] % 2 == 0 ? 1 : 0;
        }
        return count;
    }

    private static Object[] nameKeys(Batch batch) {
        Object[] names = new Object[batch.capacity()];
        for (int row = 0; row < batch.size(); row++) {
            names[row] = "N" + batch.longs(0)[row] % 8;
        }
        return names;
    }

    private static JobGraph graph(int parallelism) {
        RowPredicate even = ChainedOperatorsTests::selectEven;
        ColumnFunction name = ChainedOperatorsTests::nameKeys;
        Column key = new Column("key", ColumnType.LONG);
        Column named = new Column("name", ColumnType.STRING);
        RowType names = new RowType(List.of(named));
        OperatorFactory count =
                new KeyedAggregateFactory(names, List.of(0), List.of(Aggregate.count("rows")), new Emission.Changes());
        OperatorFactory counts = new KeyedAggregateFactory(
                count.output(), List.of(1), List.of(Aggregate.count("times")), new Emission.None());
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", parallelism, NUMBERS, null, null),
                        new Vertex.SinkVertex("all", parallelism, new DiscardSink()),
                        new Vertex.OperatorVertex("even", parallelism, new FilterFactory(NUMBERS.type(), () -> even)),
                        new Vertex.OperatorVertex(
                                "keys", parallelism, new MapFactory(List.of(ComputedColumn.of(key, 2)))),
                        new Vertex.OperatorVertex(
                                "names", parallelism, new MapFactory(List.of(new ComputedColumn(named, () -> name)))),
                        new Vertex.OperatorVertex("by-name", parallelism, count),
                        new Vertex.OperatorVertex("by-count", parallelism, counts)),
                List.of(
                        new Edge("numbers", "all", new Exchange.Forward()),
                        new Edge("numbers", "even", new Exchange.Forward()),
                        new Edge("even", "keys", new Exchange.Forward()),
                        new Edge("keys", "names", new Exchange.Forward()),
                        new Edge("names", "by-name", new Exchange.Keyed(List.of(0))),
                        new Edge("by-name", "by-count", new Exchange.Keyed(List.of(1)))),
                EngineHarness.MAX_PARALLELISM);
    }

    private static Map<Object, Long> expected() {
        Map<Object, Long> expected = new TreeMap<>();
        for (int partition = 0; partition < 2; partition++) {
            for (long offset = 0; offset < NUMBERS.count(); offset++) {
                if (NUMBERS.value(partition, offset) % 2 == 0) {
                    expected.merge("N" + NUMBERS.key(partition, offset) % 8, 1L, Long::sum);
                }
            }
        }
        return expected;
    }

    private static Map<Object, Long> read(EngineHarness harness, String operator, String state) throws IOException {
        Map<Object, Long> found = new TreeMap<>();
        try (SnapshotReader reader = harness.read(harness.head())) {
            reader.scan(
                    operator,
                    state,
                    entry -> found.put(entry.key().get(0), (Long) entry.value().get(0)));
        }
        return found;
    }
}
