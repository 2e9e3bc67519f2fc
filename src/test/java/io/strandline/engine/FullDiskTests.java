package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.FailureCause.Kind;
import io.strandline.engine.connector.file.FileSink;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.JobGraph;
import io.strandline.snapshot.SnapshotKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose output finds no room. */
class FullDiskTests {

    private static final SequenceSource NUMBERS = new SequenceSource(1, 20_000, 100, 3);

    @TempDir
    Path directory;

    private Path out;

    @BeforeEach
    void makeOutputDirectory() throws IOException {
        out = Files.createDirectories(directory.resolve("out"));
    }

    @Test
    void failsAttemptsButNotTheInstanceUntilThereIsRoomAgain() throws IOException {
        SmallDisk disk = new SmallDisk(100_000);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(copied(disk), EngineHarness.every(null));
            awaitStall(running);

            for (int attempt = 0; attempt < 6; attempt++) {
                assertThat(running.checkpoint(SnapshotKind.MANUAL))
                        .isInstanceOfSatisfying(CheckpointOutcome.Failed.class, failed -> {
                            assertThat(failed.cause().kind()).isEqualTo(Kind.STORAGE_FULL);
                            assertThat(failed.cause().operator()).isEqualTo("out");
                        });
            }
            assertThat(running.job().metrics().storageFull()).isTrue();
            assertThat(running.job().end()).isNotDone();
            disk.makeRoom(Long.MAX_VALUE);

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(written()).isEqualTo(expected());
        }
    }

    @Test
    void givesOutputThatFoundNoRoomAtTheBarrierToTheNextAttempt() throws IOException {
        SmallDisk disk = new SmallDisk(0);
        try (EngineHarness harness = EngineHarness.in(directory)) {
            var running = harness.start(
                    SequenceJobs.copied(
                            NUMBERS, 1, new FileSink(parts(disk), NUMBERS.type(), RecordFormat.CSV), 4_000L),
                    EngineHarness.every(null));
            running.awaitRecords("out", 1);

            assertThat(running.checkpoint(SnapshotKind.MANUAL))
                    .isInstanceOfSatisfying(
                            CheckpointOutcome.Failed.class,
                            failed -> assertThat(failed.cause().kind()).isEqualTo(Kind.STORAGE_FULL));
            disk.makeRoom(Long.MAX_VALUE);

            assertThat(running.end()).isEqualTo(new JobEnd.Finished());
            assertThat(written()).isEqualTo(expected());
        }
    }

    private JobGraph copied(SmallDisk disk) {
        return SequenceJobs.copied(NUMBERS, 1, new FileSink(parts(disk), NUMBERS.type(), RecordFormat.CSV), null);
    }

    private PartDirectory parts(SmallDisk disk) {
        return new PartDirectory(out, disk);
    }

    /** Until so few rows have been taken that the rest must be held up. */
    private static void awaitStall(EngineHarness.Running running) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineHarness.PATIENCE_SECONDS);
        while (running.operator("out").times().backpressuredNanos() < TimeUnit.MILLISECONDS.toNanos(20)) {
            assertThat(System.nanoTime()).as("the sink stalls").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private List<String> written() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.sorted().toList()) {
                assertThat(file.getFileName().toString()).startsWith("part-");
                lines.addAll(Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("partition"))
                        .toList());
            }
        }
        return lines;
    }

    private static List<String> expected() {
        return LongStream.range(0, NUMBERS.count())
                .mapToObj(offset -> "0," + offset + "," + NUMBERS.key(0, offset) + "," + NUMBERS.value(0, offset))
                .toList();
    }
}
