package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The flights come out as plain maps compute them: whatever the backend and parallelism, restored midway or not. */
class FlightsTests {

    private static final List<String> BACKENDS = List.of("memory", "filesystem", "rocksdb");
    private static final List<Flights.Flight> FLIGHTS = Flights.all();

    /** The digest of a run without any restore. */
    private static String uninterrupted;

    @TempDir
    private Path directory;

    private RunnerHarness harness;

    @BeforeAll
    static void runWithoutInterruption(@TempDir Path elsewhere) throws IOException {
        try (RunnerHarness other = new RunnerHarness(elsewhere)) {
            ManifestHistory job = other.job();
            other.run(job, Flights.PIPELINE, 2, "filesystem", null);
            uninterrupted = other.stateDigest(job.head());
        }
    }

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void noFlightOfTheFileIsLateForItsWindow() {
        assertThat(FLIGHTS).hasSize(Flights.COUNT);
        assertThat(Flights.outOfOrderMinutes(FLIGHTS)).isLessThanOrEqualTo(60);
    }

    static Stream<Arguments> everyBackendAndParallelism() {
        return BACKENDS.stream()
                .flatMap(backend -> Stream.of(1, 2, 4).map(parallelism -> Arguments.of(backend, parallelism)));
    }

    @ParameterizedTest
    @MethodSource("everyBackendAndParallelism")
    void computesWhatPlainMapsCompute(String backend, int parallelism) throws IOException {
        ManifestHistory job = harness.job();

        harness.run(job, Flights.PIPELINE, parallelism, backend, null);

        assertThat(job.head().kind()).isEqualTo(SnapshotKind.FINAL);
        assertExact(job.head());
    }

    static Stream<Arguments> everyPairOfBackends() {
        List<int[]> parallelisms = List.of(new int[] {1, 2}, new int[] {4, 1}, new int[] {2, 4});
        List<Arguments> pairs = new ArrayList<>();
        for (SnapshotMode mode : SnapshotMode.values()) {
            for (String before : BACKENDS) {
                for (String after : BACKENDS) {
                    int[] chosen = parallelisms.get(pairs.size() % parallelisms.size());
                    pairs.add(Arguments.of(mode, before, chosen[0], after, chosen[1]));
                }
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest
    @MethodSource("everyPairOfBackends")
    void computesTheSameWhenRestoredMidwayElsewhere(
            SnapshotMode mode, String before, int parallelism, String after, int otherParallelism) throws IOException {
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, Flights.pipeline(12_000), parallelism, before, null);
        long[] numbers = new long[3];
        for (int i = 0; i < numbers.length; i++) {
            first.awaitRecordsIn(3_000L * (i + 1));
            CheckpointOutcome outcome = first.checkpoint(mode);
            assertThat(outcome).isInstanceOf(CheckpointOutcome.Completed.class);
            numbers[i] = job.head().number();
        }
        first.kill();
        Manifest middle = job.version(numbers[1]);
        assertThat(middle.content().mode()).isEqualTo(mode);

        InstanceWatch second =
                harness.run(job, Flights.PIPELINE.replace("INCREMENTAL", mode.name()), otherParallelism, after, middle);

        assertExact(job.head());
        assertThat(second.metrics().recordsIn()).isLessThanOrEqualTo(Flights.COUNT - 6_000);
        assertThat(second.moves).as("output of %s was taken back", numbers[2]).isNotEmpty();
        assertThat(harness.stateDigest(job.head())).isEqualTo(uninterrupted);
    }

    private void assertExact(Manifest last) throws IOException {
        assertThat(harness.state(last, "by-origin", "aggregates")).isEqualTo(Flights.byOrigin(FLIGHTS));
        assertThat(harness.state(last, "daily", "panes")).isEmpty();
        assertThat(harness.output("changes").stream().map(Flights::change).sorted())
                .isEqualTo(Flights.changes(FLIGHTS));
        assertThat(harness.output("days").stream().map(Flights::day).sorted()).isEqualTo(Flights.days(FLIGHTS));
    }
}
