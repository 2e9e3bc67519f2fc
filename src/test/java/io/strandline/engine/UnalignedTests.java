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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers that overtake rows, under backpressure and with kills at random times. */
class UnalignedTests {

    private static final SequenceSource NUMBERS = new SequenceSource(3, 6_000, 50, 11);
    private static final Duration ALIGNED_TIMEOUT = Duration.ofMillis(200);
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

            assertThat(took).isGreaterThanOrEqualTo(ALIGNED_TIMEOUT).isLessThan(ALIGNED_TIMEOUT.plusSeconds(1));
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

    @Test
    void keepsTheOrderOfEachKeysRowsThatWereInFlightOneOperatorBehindTheOther() throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var blocked = harness.start(recounted(2, new Valve(false)), unaligned(null, Duration.ZERO));
            awaitStandstill(blocked);
            assertThat(blocked.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            blocked.cancel();
            StagedRows output = new StagedRows();

            var chained = harness.restart(recounted(1, output), EngineHarness.every(null));

            assertThat(chained.end()).isEqualTo(new JobEnd.Finished());
            Map<Long, Long> counts = new HashMap<>();
            for (List<Long> row : output.rows()) {
                Long before = counts.put(row.get(0), row.get(1));
                assertThat(row.get(1)).isGreaterThan(before == null ? 0 : before);
            }
        }
    }

    /** Counts by key, shared out by key once more: at parallelism 1 all of it is one chain. */
    private static JobGraph recounted(int parallelism, Sink sink) {
        var counts = new KeyedAggregateFactory(
                NUMBERS.type(), List.of(2), List.of(Aggregate.count("rows")), new Emission.Changes());
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", parallelism, NUMBERS, null, null),
                        new Vertex.OperatorVertex("counts", parallelism, counts),
                        new Vertex.OperatorVertex("again", parallelism, new UnionFactory(counts.output(), 1)),
                        new Vertex.SinkVertex("out", parallelism, sink)),
                List.of(
                        new Edge("numbers", "counts", new Exchange.Keyed(List.of(2))),
                        new Edge("counts", "again", new Exchange.Keyed(List.of(0))),
                        new Edge("again", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
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
        EngineHarness.get(running.started);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineHarness.PATIENCE_SECONDS);
        long read = -1;
        while (read != running.operator("numbers").recordsIn()
                || running.operator("numbers").times().backpressuredNanos() == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            read = running.operator("numbers").recordsIn();
            awaitNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void awaitNanos(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
    }

    private static long rowsInFlight(EngineHarness harness) {
        return harness.head().operators().stream()
                .map(OperatorContent::states)
                .flatMap(List::stream)
                .filter(state -> state.schema().form() == StateSchema.Form.IN_FLIGHT)
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
