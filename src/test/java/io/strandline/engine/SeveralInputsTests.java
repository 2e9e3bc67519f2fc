package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.connector.EventTime;
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
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vertices that read several streams, or one stream twice, and side outputs. */
class SeveralInputsTests {

    private static final SequenceSource LEFT = new SequenceSource(2, 20_000, 64, 5);
    private static final SequenceSource RIGHT = new SequenceSource(3, 9_000, 40, 7);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1,", "2,", "3,", "1,0", "2,0", "3,1"})
    void takesEveryRowOfEachInputOnceAcrossARestore(int parallelism, @Nullable Long patienceMillis) throws IOException {
        CheckpointSettings settings = settings(patienceMillis);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var first = harness.start(graph(parallelism, 200_000L), settings);
            first.awaitRecords("both", 4_000);
            assertThat(first.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            first.cancel();
            var second = harness.restart(graph(parallelism, null), settings);

            assertThat(second.end()).isEqualTo(new JobEnd.Finished());
            Map<Object, List<Object>> seen = read(harness, "both", "seen");
            assertThat(seen).isEqualTo(expected());
            assertThat(sum(read(harness, "all", "aggregates"))).isEqualTo(40_000 + 27_000);
            assertThat(sum(read(harness, "odd", "aggregates"))).isEqualTo(odd(LEFT) + odd(RIGHT));
        }
    }

    @Test
    void readsOneStreamByTwoInputs() throws IOException {
        JobGraph graph = new JobGraph(
                List.of(
                        new Vertex.SourceVertex("left", 2, LEFT, null, null),
                        new Vertex.OperatorVertex("both", 2, new TwoStreams(LEFT.type()))),
                List.of(keyed("left", 0, "both"), keyed("left", 0, "both")),
                EngineHarness.MAX_PARALLELISM);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            assertThat(harness.start(graph, EngineHarness.every(null)).end()).isEqualTo(new JobEnd.Finished());

            Map<Object, List<Object>> seen = read(harness, "both", "seen");
            assertThat(seen.values())
                    .allSatisfy(counts -> assertThat(counts.get(0)).isEqualTo(counts.get(1)));
            assertThat(sum(seen)).isEqualTo(40_000);
        }
    }

    @Test
    void hasTheLeastEventTimeOfItsInputsThatAreNotIdle() {
        ScriptedTimes fast = new ScriptedTimes(List.of(9_000L));
        ScriptedTimes slow = new ScriptedTimes(List.of(4_000L));
        ScriptedTimes silent = new ScriptedTimes(List.of());
        JobGraph graph = new JobGraph(
                List.of(
                        source("fast", fast, null),
                        source("slow", slow, null),
                        source("silent", silent, Duration.ZERO),
                        new Vertex.OperatorVertex("all", 1, new Merging(fast.type(), 3)),
                        new Vertex.SinkVertex("out", 1, new DiscardSink())),
                List.of(
                        new Edge("fast", "all", new Exchange.Forward()),
                        new Edge("slow", "all", new Exchange.Forward()),
                        new Edge("silent", "all", new Exchange.Forward()),
                        new Edge("all", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(graph, EngineHarness.every(null));

            awaitWatermark(running, 3_999);
            slow.add(20_000);
            awaitWatermark(running, 8_999);
            running.cancel();
        }
    }

    private static CheckpointSettings settings(@Nullable Long patienceMillis) {
        return new CheckpointSettings(
                Duration.ofMillis(4),
                Duration.ZERO,
                Duration.ofSeconds(20),
                3,
                CheckpointSettings.Retry.NONE,
                CheckpointSettings.Guarantee.EXACTLY_ONCE,
                patienceMillis == null ? null : Duration.ofMillis(patienceMillis),
                SnapshotMode.INCREMENTAL);
    }

    private static void awaitWatermark(EngineHarness.Running running, long time) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineHarness.PATIENCE_SECONDS);
        while (running.operator("out").watermarkMillis() < time && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(running.operator("out").watermarkMillis()).isEqualTo(time);
    }

    private static Vertex source(String name, ScriptedTimes times, @Nullable Duration idleTimeout) {
        return new Vertex.SourceVertex(name, 1, times, new EventTime(0, Duration.ZERO, idleTimeout), null);
    }

    private static JobGraph graph(int parallelism, @Nullable Long rate) {
        OperatorFactory count = new KeyedAggregateFactory(
                LEFT.type(), List.of(TwoStreams.KEY), List.of(Aggregate.count("rows")), new Emission.None());
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("left", parallelism, LEFT, null, rate),
                        new Vertex.SourceVertex("right", parallelism, RIGHT, null, rate),
                        new Vertex.OperatorVertex("both", parallelism, new TwoStreams(LEFT.type())),
                        new Vertex.OperatorVertex("all", parallelism, count),
                        new Vertex.OperatorVertex("odd", parallelism, count)),
                List.of(
                        keyed("left", 0, "both"),
                        keyed("right", 0, "both"),
                        keyed("both", 0, "all"),
                        keyed("both", 1, "odd")),
                EngineHarness.MAX_PARALLELISM);
    }

    private static Edge keyed(String from, int output, String to) {
        return new Edge(from, output, to, new Exchange.Keyed(List.of(TwoStreams.KEY)));
    }

    private static Map<Object, List<Object>> expected() {
        Map<Object, List<Object>> expected = new TreeMap<>();
        count(LEFT, expected, 0);
        count(RIGHT, expected, 1);
        return expected;
    }

    private static void count(SequenceSource source, Map<Object, List<Object>> counts, int input) {
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                counts.merge(
                        source.key(partition, offset),
                        input == 0 ? List.of(1L, 0L) : List.of(0L, 1L),
                        (one, other) -> List.of(
                                (long) one.get(0) + (long) other.get(0), (long) one.get(1) + (long) other.get(1)));
            }
        }
    }

    private static long odd(SequenceSource source) {
        long odd = 0;
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                odd += source.value(partition, offset) & 1;
            }
        }
        return odd;
    }

    private static long sum(Map<Object, List<Object>> counts) {
        return counts.values().stream()
                .mapToLong(values -> (Long) values.get(0))
                .sum();
    }

    private static Map<Object, List<Object>> read(EngineHarness harness, String operator, String state)
            throws IOException {
        Map<Object, List<Object>> found = new TreeMap<>();
        try (SnapshotReader reader = harness.read(harness.head())) {
            reader.scan(operator, state, entry -> found.put(entry.key().get(0), entry.value()));
        }
        return found;
    }
}
