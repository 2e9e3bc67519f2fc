package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.checkpoint.CheckpointSettings.Guarantee;
import io.strandline.engine.checkpoint.CheckpointSettings.Retry;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.OutputLostException;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.element.Batch;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.window.WindowFactory;
import io.strandline.engine.operator.window.WindowShape;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds with one-row batches and almost no room in channels, without alignment, and across restores. */
class GuaranteeTests {

    private static final SequenceSource NUMBERS = new SequenceSource(3, 3_000, 50, 11);
    private static final EngineSettings CRUEL = new EngineSettings(2, 1, 1, Duration.ZERO);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void keepsTheClosedFormWithOneRowBatchesAndAlmostNoRoom(int parallelism) throws IOException {
        try (EngineHarness harness = new EngineHarness(directory, CRUEL)) {
            var running = harness.start(
                    SequenceJobs.aggregated(NUMBERS, parallelism), EngineHarness.every(Duration.ofMillis(1)));

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(EngineTests.aggregates(harness, harness.head())).isEqualTo(SequenceJobs.expected(NUMBERS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingUnderEitherGuarantee(Guarantee guarantee) throws IOException {
        CheckpointSettings settings = new CheckpointSettings(
                Duration.ofMillis(2),
                Duration.ZERO,
                Duration.ofSeconds(20),
                3,
                Retry.NONE,
                guarantee,
                null,
                SnapshotMode.INCREMENTAL);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var first = harness.start(SequenceJobs.aggregated(NUMBERS, 3), settings);
            assertThat(first.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            first.cancel();
            var second = harness.restart(SequenceJobs.aggregated(NUMBERS, 3), settings);
            assertThat(second.end()).isEqualTo(new JobEnd.Finished());

            long rows = EngineTests.aggregates(harness, harness.head()).values().stream()
                    .mapToLong(values -> (Long) values.get(0))
                    .sum();
            if (guarantee == Guarantee.EXACTLY_ONCE) {
                assertThat(rows).isEqualTo(9_000);
            } else {
                assertThat(rows).isGreaterThanOrEqualTo(9_000);
            }
        }
    }

    @Test
    void remembersTheWatermarkAcrossARestoreAtAnotherParallelism() {
        ScriptedTimes times = new ScriptedTimes(List.of(1_000L, 2_000L, 3_000L));
        EngineSettings rowsBeforeWatermarks = new EngineSettings(2, 64, 4, Duration.ofHours(1));
        try (EngineHarness harness = new EngineHarness(directory, rowsBeforeWatermarks)) {
            var first = harness.start(windowed(times, 1), EngineHarness.every(null));
            first.awaitRecords("windows", 3);
            while (first.operator("windows").watermarkMillis() < 2_999) {
                Thread.onSpinWait();
            }
            assertThat(first.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            first.cancel();
            times.add(1_500);
            times.add(3_500);

            var second = harness.restart(windowed(times, 2), EngineHarness.every(null));
            second.awaitRecords("windows", 2);

            assertThat(EngineHarness.get(second.job().drain())).isInstanceOf(CheckpointOutcome.Completed.class);
            assertThat(second.operator("windows").lateRecords()).isEqualTo(1);
            assertThat(second.operator("out").recordsIn())
                    .as("windows that begin at 3 s")
                    .isEqualTo(1);
        }
    }

    @Test
    void failsTheInstanceWhenStagedOutputIsLost() {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(
                    SequenceJobs.copied(new SequenceSource(1, Long.MAX_VALUE, 5, 1), 1, new LosingSink(), 1_000L),
                    EngineHarness.every(null));
            running.checkpoint(SnapshotKind.MANUAL);

            assertThat(running.end()).isInstanceOfSatisfying(JobEnd.Failed.class, failed -> {
                assertThat(failed.cause().kind()).isEqualTo(FailureCause.Kind.OPERATOR_FAILED);
                assertThat(failed.cause().detail()).isEqualTo("fsync failed");
            });
            assertThat(harness.committed).isEmpty();
        }
    }

    private static JobGraph windowed(ScriptedTimes times, int parallelism) {
        OperatorFactory window = new WindowFactory(
                times.type(),
                List.of(1),
                List.of(Aggregate.count("rows")),
                WindowShape.tumbling(Duration.ofSeconds(1)),
                Duration.ZERO);
        EventTime eventTime = new EventTime(0, Duration.ZERO, null);
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("times", parallelism, times, eventTime, null),
                        new Vertex.OperatorVertex("windows", parallelism, window),
                        new Vertex.SinkVertex("out", parallelism, new DiscardSink())),
                List.of(
                        new Edge("times", "windows", new Exchange.Keyed(List.of(1))),
                        new Edge("windows", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    /** Cannot make anything durable. */
    private static final class LosingSink implements Sink {

        @Override
        public List<OutputMove> recover(SinkStart start) {
            return List.of();
        }

        @Override
        public SinkWriter writer(SinkWriterContext context) {
            return new SinkWriter() {
                @Override
                public void write(Batch batch) {
                    // staged nowhere
                }

                @Override
                public CompletableFuture<Void> prepare(long number) {
                    return CompletableFuture.failedFuture(
                            new OutputLostException("fsync failed", new IOException("EIO")));
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public void commit(long number) {
            throw new AssertionError("nothing was prepared for " + number);
        }
    }
}
