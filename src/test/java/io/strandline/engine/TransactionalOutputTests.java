package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.file.FileSink;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.snapshot.SnapshotKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transactional sink shows when instances are killed, rolled back and started again. */
class TransactionalOutputTests {

    private static final SequenceSource NUMBERS = new SequenceSource(2, 10_000, 100, 3);

    @TempDir
    Path directory;

    private Path out;

    @BeforeEach
    void makeOutputDirectory() throws IOException {
        out = Files.createDirectories(directory.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void showsEveryRecordOnceHoweverOftenItIsKilled(long seed) throws IOException {
        Random random = new Random(seed);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            harness.ledger(candidate -> random.nextInt(4) == 0
                    ? new CommitOutcome.Refused(
                            FailureCause.of(FailureCause.Kind.STORAGE_FULL, "no room this time", null))
                    : harness.accept(candidate));
            var running = harness.start(copied(1 + random.nextInt(4)), EngineHarness.every(Duration.ofMillis(3)));
            running.checkpoint(SnapshotKind.MANUAL);
            while (harness.committed.isEmpty()) {
                running.checkpoint(SnapshotKind.MANUAL);
            }
            for (int kill = 0; kill < 6; kill++) {
                running.awaitRecords("out", 1 + random.nextInt(1_000));
                assertThat(running.cancel()).isEqualTo(new JobEnd.Stopped());
                running = harness.restart(copied(1 + random.nextInt(4)), EngineHarness.every(Duration.ofMillis(3)));
            }

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(visible()).isEqualTo(expected());
        }
    }

    @Test
    void commitsWithTheNextVersionWhatAFailedAttemptStaged() throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            harness.ledger(candidate ->
                    new CommitOutcome.Refused(FailureCause.of(FailureCause.Kind.STORAGE_FULL, "no room", null)));
            var running = harness.start(copied(2), EngineHarness.every(null));
            assertThat(running.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Failed.class);
            assertThat(visible()).isEmpty();
            harness.ledger(harness::accept);

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(visible()).isEqualTo(expected());
        }
    }

    @Test
    void takesOutputBackThatTheLineDoesNotHave() throws IOException {
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(copied(1), EngineHarness.every(null));
            running.checkpoint(SnapshotKind.MANUAL);
            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            harness.committed.remove(harness.committed.size() - 1);

            var again = harness.restart(copied(1), EngineHarness.every(null));

            assertThat(again.end()).isEqualTo(new JobEnd.Finished());
            assertThat(harness.moves).extracting(OutputMove::action).containsOnly(OutputMove.Action.WITHDRAWN);
            assertThat(visible()).isEqualTo(expected());
        }
    }

    @Test
    void showsOutputOfOneSinkWhileAnotherCannotCommit() throws IOException {
        AtomicInteger refusals = new AtomicInteger(3);
        Sink broken = new Sink() {
            private final Sink discard = new DiscardSink();

            @Override
            public List<OutputMove> recover(SinkStart start) throws IOException {
                return discard.recover(start);
            }

            @Override
            public SinkWriter writer(SinkWriterContext context) throws IOException {
                return discard.writer(context);
            }

            @Override
            public void commit(long number) throws IOException {
                if (refusals.decrementAndGet() >= 0) {
                    throw new IOException("not now");
                }
                assertThat(visible()).as("what the other sink has").isEqualTo(expected());
            }
        };
        try (EngineHarness harness = EngineHarness.in(directory)) {
            assertThat(harness.start(copiedBeside(broken), EngineHarness.every(null))
                            .end())
                    .isEqualTo(new JobEnd.Finished());
            assertThat(refusals.get()).isNegative();
            assertThat(visible()).isEqualTo(expected());
        }
    }

    /** The numbers go to a sink first, and into the output, too. */
    private JobGraph copiedBeside(Sink first) {
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("numbers", 1, NUMBERS, null, null),
                        new Vertex.SinkVertex("first", 1, first),
                        new Vertex.SinkVertex(
                                "out",
                                1,
                                new FileSink(
                                        new PartDirectory(out, new DiskPartFiles()),
                                        NUMBERS.type(),
                                        RecordFormat.CSV))),
                List.of(
                        new Edge("numbers", "first", new Exchange.Forward()),
                        new Edge("numbers", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    @Test
    void commitsAgainWhatTheRestoredVersionHadStagedWithoutWaitingForTheNext() throws InterruptedException {
        BlockingQueue<Long> commits = new LinkedBlockingQueue<>();
        Sink recording = new Sink() {
            private final Sink discard = new DiscardSink();

            @Override
            public List<OutputMove> recover(SinkStart start) throws IOException {
                return discard.recover(start);
            }

            @Override
            public SinkWriter writer(SinkWriterContext context) throws IOException {
                return discard.writer(context);
            }

            @Override
            public void commit(long number) {
                commits.add(number);
            }
        };
        SequenceSource endless = new SequenceSource(1, Long.MAX_VALUE, 10, 3);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var first = harness.start(
                    SequenceJobs.copied(endless, 1, new DiscardSink(), 1_000L), EngineHarness.every(null));
            assertThat(first.checkpoint(SnapshotKind.MANUAL)).isInstanceOf(CheckpointOutcome.Completed.class);
            first.cancel();

            var second = harness.restart(SequenceJobs.copied(endless, 1, recording, 1_000L), EngineHarness.every(null));

            assertThat(commits.poll(EngineHarness.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(harness.head().number());
            second.cancel();
        }
    }

    private JobGraph copied(int parallelism) {
        return SequenceJobs.copied(
                NUMBERS,
                parallelism,
                new FileSink(new PartDirectory(out, new DiskPartFiles()), NUMBERS.type(), RecordFormat.CSV),
                40_000L);
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .flatMap(TransactionalOutputTests::lines)
                    .filter(line -> !line.startsWith("partition"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> expected() {
        return Stream.of(0, 1)
                .flatMap(partition -> Stream.iterate(0L, offset -> offset < NUMBERS.count(), offset -> offset + 1)
                        .map(offset -> partition + "," + offset + "," + NUMBERS.key(partition, offset) + ","
                                + NUMBERS.value(partition, offset)))
                .sorted()
                .toList();
    }
}
