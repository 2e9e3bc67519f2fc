package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.checkpoint.CheckpointSettings.Guarantee;
import io.strandline.engine.checkpoint.CheckpointSettings.Retry;
import io.strandline.engine.checkpoint.SubtaskStatistics;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.engine.operator.aggregate.KeyedAggregateFactory;
import io.strandline.engine.operator.row.UnionFactory;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Barriers that overtake rows, under backpressure and with kills at random times. A machine of its own completes within a second behind
 * the aligned time-out ({@code -Dunaligned.seconds=1}); one that does other work as well is given five.
 */
class UnalignedTests {

    private static final SequenceSource NUMBERS = new SequenceSource(3, 6_000, 50, 11);
    private static final SequenceSource MANY_KEYS = new SequenceSource(3, 40_000, 5_000, 11);
    private static final SequenceSource RULES = new SequenceSource(2, 5_000, 50, 12);
    private static final Duration ALIGNED_TIMEOUT = Duration.ofMillis(200);
    private static final Duration IN_TIME = ALIGNED_TIMEOUT.plusSeconds(Integer.getInteger("unaligned.seconds", 5));
    private static final EngineSettings CRUEL = new EngineSettings(2, 3, 2, Duration.ZERO);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "2,3", "3,1", "2,16"})
    void completesAlthoughTheSinkTakesNothingAndRestoresWhatWasInFlight(int parallelism, int later) throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var first = harness.start(graph(parallelism, new Valve(false)), unaligned(null, ALIGNED_TIMEOUT));
            awaitStandstill(first);

            long begin = System.nanoTime();
            assertThat(first.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            first.cancel();

            assertThat(took).isGreaterThanOrEqualTo(ALIGNED_TIMEOUT).isLessThan(IN_TIME);
            if (parallelism > 1) {
                assertThat(rowsInFlight(harness)).isPositive();
                assertThat(persistedBytes(harness)).isPositive();
            }
            var second = harness.restart(graph(later, new Valve(true)), EngineHarness.every(null));
            assertThat(second.end()).isEqualTo(new JobEnd.Finished());
            assertThat(EngineTests.aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
            assertThat(rowsInFlight(harness)).as("nothing of an older version").isZero();
        }
    }

    @Test
    void keepsWhatIsStillInFlightWhenItIsRestoredAndOvertakenAgain() throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            for (int parallelism = 4; parallelism >= 2; parallelism--) {
                var blocked = parallelism == 4
                        ? harness.start(graph(parallelism, new Valve(false)), unaligned(null, Duration.ZERO))
                        : harness.restart(graph(parallelism, new Valve(false)), unaligned(null, Duration.ZERO));
                awaitStandstill(blocked);
                assertThat(blocked.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
                assertThat(rowsInFlight(harness)).isPositive();
                blocked.cancel();
            }
            var open = harness.restart(graph(2, new Valve(true)), EngineHarness.every(null));

            assertThat(open.end()).isEqualTo(new JobEnd.Finished());
            assertThat(EngineTests.aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void completesInTimeAlthoughThreeExchangesInARowAreFull(int parallelism) throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var blocked = harness.start(
                    recounted(MANY_KEYS, parallelism, new Valve(false), "again", "oncemore"),
                    unaligned(null, ALIGNED_TIMEOUT));
            awaitStandstill(blocked, "numbers");

            long begin = System.nanoTime();
            assertThat(blocked.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            blocked.cancel();

            assertThat(took).isGreaterThanOrEqualTo(ALIGNED_TIMEOUT).isLessThan(IN_TIME);
            for (String operator : List.of("counts", "again", "oncemore")) {
                assertThat(rowsInFlight(harness, operator, 0)).as(operator).isPositive();
            }
            StagedRows output = new StagedRows();
            var open = harness.restart(recounted(MANY_KEYS, 3, output, "again", "oncemore"), EngineHarness.every(null));
            assertThat(open.end()).isEqualTo(new JobEnd.Finished());
            Map<Long, Long> last = new HashMap<>();
            output.rows().forEach(row -> last.put(row.get(0), row.get(1)));
            assertThat(last).isEqualTo(counts(MANY_KEYS));
        }
    }

    /** Each text is the parallelism of one instance after the other; the last one's sink is open. */
    @ParameterizedTest
    @ValueSource(strings = {"1 4", "2 1", "2 3", "3 2", "2 16", "2 1 2", "4 3 2 5"})
    void goesOnWithWhatWasBroadcastAndInFlightAtAnotherParallelism(String parallelisms) throws IOException {
        int[] each =
                Stream.of(parallelisms.split(" ")).mapToInt(Integer::parseInt).toArray();
        CheckpointSettings atOnce = unaligned(null, Duration.ZERO);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            for (int life = 0; life < each.length - 1; life++) {
                AtomicBoolean rules = new AtomicBoolean();
                JobGraph graph = copied(each[life], rules::get, new Valve(false));
                var blocked = life == 0 ? harness.start(graph, atOnce) : harness.restart(graph, atOnce);
                await(
                        blocked,
                        "copies",
                        () -> blocked.operator("copies").times().backpressuredNanos() > 0);
                rules.set(true);
                await(blocked, "rules", () -> isUnderWay(blocked.operator("rules")));
                assertThat(blocked.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
                assertThat(rowsInFlight(harness, "copies", 1)).isPositive();
                blocked.cancel();
            }
            var open = harness.restart(
                    copied(each[each.length - 1], () -> true, new Valve(true)), EngineHarness.every(null));

            assertThat(open.end()).isEqualTo(new JobEnd.Finished());
            assertThat(copies(harness))
                    .hasSize(EngineHarness.MAX_PARALLELISM)
                    .containsOnly(List.of(2L * RULES.count(), sum(RULES)));
        }
    }

    /**
     * Rules that come before anything stands still would all be taken, and none in flight. Later lives may find none left: as long
     * as a barrier is on its way to one source and has come from another, what the first one reads is in flight, however much.
     */
    private static JobGraph copied(int parallelism, BooleanSupplier rules, Sink sink) {
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", parallelism, NUMBERS, null, null),
                        new Vertex.SourceVertex("rules", parallelism, new GatedSource(RULES, rules), null, null),
                        new Vertex.OperatorVertex("copies", parallelism, new Copies(NUMBERS.type(), false)),
                        new Vertex.SinkVertex("out", parallelism, sink)),
                List.of(
                        new Edge("numbers", "copies", new Exchange.Keyed(List.of(TwoStreams.KEY))),
                        new Edge("rules", "copies", new Exchange.Broadcast()),
                        new Edge("copies", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    private static List<List<Object>> copies(EngineHarness harness) throws IOException {
        List<List<Object>> copies = new ArrayList<>();
        try (SnapshotReader reader = harness.read(harness.head())) {
            reader.scan("copies", "copy", entry -> copies.add(entry.value()));
        }
        return copies;
    }

    private static long sum(SequenceSource source) {
        long sum = 0;
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                sum += source.value(partition, offset);
            }
        }
        return sum;
    }

    private static Map<Long, Long> counts(SequenceSource source) {
        Map<Long, Long> counts = new HashMap<>();
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                counts.merge(source.key(partition, offset), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Test
    void keepsTheOrderOfEachKeysRowsThatWereInFlightOneOperatorBehindTheOther() throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var blocked =
                    harness.start(recounted(NUMBERS, 2, new Valve(false), "again"), unaligned(null, Duration.ZERO));
            awaitStandstill(blocked);
            assertThat(blocked.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            blocked.cancel();
            StagedRows output = new StagedRows();

            var chained = harness.restart(recounted(NUMBERS, 1, output, "again"), EngineHarness.every(null));

            assertThat(chained.end()).isEqualTo(new JobEnd.Finished());
            Map<Long, Long> counts = new HashMap<>();
            for (List<Long> row : output.rows()) {
                Long before = counts.put(row.get(0), row.get(1));
                assertThat(row.get(1)).isGreaterThan(before == null ? 0 : before);
            }
        }
    }

    /** Counts by key, shared out by key again and again: at parallelism 1 all of it is one chain. */
    private static JobGraph recounted(SequenceSource source, int parallelism, Sink sink, String... again) {
        var counts = new KeyedAggregateFactory(
                source.type(), List.of(2), List.of(Aggregate.count("rows")), new Emission.Changes());
        List<Vertex> vertices = new ArrayList<>(List.of(
                new Vertex.SourceVertex("numbers", parallelism, source, null, null),
                new Vertex.OperatorVertex("counts", parallelism, counts)));
        List<Edge> edges = new ArrayList<>(List.of(new Edge("numbers", "counts", new Exchange.Keyed(List.of(2)))));
        String before = "counts";
        for (String vertex : again) {
            vertices.add(new Vertex.OperatorVertex(vertex, parallelism, new UnionFactory(counts.output(), 1)));
            edges.add(new Edge(before, vertex, new Exchange.Keyed(List.of(0))));
            before = vertex;
        }
        vertices.add(new Vertex.SinkVertex("out", parallelism, sink));
        edges.add(new Edge(before, "out", new Exchange.Forward()));
        return new JobGraph(vertices, edges, EngineHarness.MAX_PARALLELISM);
    }

    @Test
    void waitsForAlignmentWhileThereIsPatience() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running =
                    harness.start(graph(2, new DiscardSink()), unaligned(Duration.ofMillis(2), Duration.ofMinutes(1)));

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(harness.committed).isNotEmpty();
            assertThat(rowsInFlight(harness)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsTheClosedFormThroughKillsAtRandomTimes(long seed) throws IOException {
        Random random = new Random(seed);
        try (EngineHarness harness = new EngineHarness(directory, CRUEL)) {
            CheckpointSettings settings = unaligned(Duration.ofMillis(1), Duration.ofNanos(random.nextInt(2_000_000)));
            var running = harness.start(graph(1 + random.nextInt(4), new DiscardSink()), settings);
            for (int kill = 0; kill < 5; kill++) {
                running.checkpoint(SnapshotKind.MANUAL);
                awaitNanos(random.nextInt(10_000_000));
                running.cancel();
                running = harness.restart(graph(1 + random.nextInt(4), new DiscardSink()), settings);
            }

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(EngineTests.aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
        }
    }

    private static JobGraph graph(int parallelism, Sink sink) {
        return SequenceJobs.aggregated(NUMBERS, parallelism, new Emission.Changes(), sink, null);
    }

    private static CheckpointSettings unaligned(@Nullable Duration interval, Duration alignedTimeout) {
        return new CheckpointSettings(
                interval,
                Duration.ZERO,
                Duration.ofSeconds(20),
                3,
                Retry.NONE,
                Guarantee.EXACTLY_ONCE,
                alignedTimeout,
                SnapshotMode.INCREMENTAL);
    }

    private static void awaitStandstill(EngineHarness.Running running) {
        awaitStandstill(running, "numbers");
    }

    private static void awaitStandstill(EngineHarness.Running running, String source) {
        AtomicLong read = new AtomicLong(-1);
        await(running, source, () -> {
            long now = running.operator(source).recordsIn();
            if (read.getAndSet(now) == now && running.operator(source).times().backpressuredNanos() > 0) {
                return true;
            }
            awaitNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return false;
        });
    }

    private static boolean isUnderWay(JobMetrics.OperatorMetrics source) {
        return source.recordsIn() > 0 || source.watermarkMillis() == Watermark.MAX;
    }

    private static void await(EngineHarness.Running running, String what, BooleanSupplier condition) {
        EngineHarness.get(running.started);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineHarness.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            boolean over = running.job().end().isDone() || System.nanoTime() > deadline;
            assertThat(over)
                    .as(() -> what + " is not as it should be: " + running.job().end() + ", "
                            + running.job().metrics())
                    .isFalse();
            Thread.onSpinWait();
        }
    }

    private static void awaitNanos(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
    }

    private static long rowsInFlight(EngineHarness harness) {
        return rowsInFlight(harness, operator -> true, state -> true);
    }

    private static long rowsInFlight(EngineHarness harness, String operator, int input) {
        return rowsInFlight(harness, operator::equals, state -> state.endsWith("-" + input));
    }

    private static long rowsInFlight(EngineHarness harness, Predicate<String> operators, Predicate<String> states) {
        return harness.head().operators().stream()
                .filter(operator -> operators.test(operator.name()))
                .map(OperatorContent::states)
                .flatMap(List::stream)
                .filter(state -> state.schema().form() == StateSchema.Form.IN_FLIGHT)
                .filter(state -> states.test(state.schema().name()))
                .map(StateContent::runs)
                .flatMap(List::stream)
                .mapToLong(run -> run.entries())
                .sum();
    }

    private static long persistedBytes(EngineHarness harness) {
        return harness.attempts.stream()
                .filter(report -> report.state() == AttemptReport.State.COMPLETED)
                .flatMap(report -> report.subtasks().stream())
                .mapToLong(SubtaskStatistics::persistedInFlightBytes)
                .sum();
    }
}
