package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.runner.AttemptReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline asks for beside its dataflow is what it gets. */
class OptionsTests {

    private static final String NUMBERS = """
            name: numbers
            sources: [{name: numbers, type: sequence, partitions: 2, count: 60000, keys: 50000, seed: 1}]
            operators:
              - name: by-key
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {count: count(), total: sum(value), mean: avg(value)}
                emit: NONE
            checkpoints: {interval: NONE}
            state: {backend: rocksdb, memoryBudget: 1MB}
            """;

    private static final String LINES = """
            name: lines
            sources:
              - {name: lines, type: file, path: lines.csv, format: csv, schema: {word: string}, onEnd: REPEAT}
            sinks: [{name: out, type: discard, input: lines}]
            checkpoints: {interval: NONE}
            state: {backend: memory}
            """;

    @TempDir
    private Path directory;

    private RunnerHarness harness;

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void stateBeyondTheMemoryBudgetIsKeptExactly() throws IOException {
        ManifestHistory job = harness.job();
        InstanceWatch first =
                harness.start(job, NUMBERS.replace("seed: 1}", "seed: 1, rate: 100000}"), 2, "rocksdb", null);
        for (int part = 1; part <= 3; part++) {
            first.awaitRecordsIn(20_000L * part);
            first.version();
        }
        first.kill();

        harness.run(job, NUMBERS, 1, "rocksdb", job.head());

        SequenceSource source = new SequenceSource(2, 60_000, 50_000, 1);
        long records = harness.state(job.head(), "by-key", "aggregates").values().stream()
                .mapToLong(value -> (Long) value.get(0))
                .sum();
        long total = harness.state(job.head(), "by-key", "aggregates").values().stream()
                .mapToLong(value -> (Long) value.get(1))
                .sum();
        assertThat(records).isEqualTo(120_000);
        assertThat(total).isEqualTo(total(source));
    }

    @Test
    void rowsThatBarriersOvertookAreCountedOnceElsewhere() throws IOException {
        String unaligned = NUMBERS.replace("interval: NONE", "interval: PT0.01S, unaligned: true");
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, unaligned, 3, "filesystem", null);
        first.awaitRecordsIn(10_000);
        first.version();
        first.kill();

        harness.run(job, unaligned, 2, "rocksdb", job.head());

        long records = harness.state(job.head(), "by-key", "aggregates").values().stream()
                .mapToLong(value -> (Long) value.get(0))
                .sum();
        assertThat(records).isEqualTo(120_000);
        assertThat(first.attempts.stream()
                        .flatMap(attempt -> attempt.subtasks().stream())
                        .mapToLong(AttemptReport.SubtaskReport::persistedInFlightBytes)
                        .sum())
                .isPositive();
    }

    @Test
    void memoryStaysNearTheBudget() {
        String endless =
                NUMBERS.replace("count: 60000, keys: 50000", "keys: 200000").replace("NONE}", "PT0.2S}");
        InstanceWatch watch = harness.start(harness.job(), endless, 2, "rocksdb", null);
        watch.awaitRecordsIn(60_000);

        assertThat(watch.metrics().hotStateBytes()).isLessThan(4 << 20);
        watch.kill();
    }

    @Test
    void periodicCheckpointsKeepTheMinimumPause() {
        String paused = NUMBERS.replace("count: 60000, ", "")
                .replace("seed: 1}", "seed: 1, rate: 1000}")
                .replace("interval: NONE", "interval: PT0.02S, minPause: PT0.25S");
        ManifestHistory job = harness.job();
        InstanceWatch watch = harness.start(job, paused, 1, "memory", null);
        watch.await("three versions", () -> job.versions().size() >= 3);
        watch.kill();

        List<AttemptReport> ended = watch.attempts.stream()
                .filter(attempt -> attempt.state() == AttemptReport.State.COMPLETED)
                .toList();
        for (int i = 1; i < ended.size(); i++) {
            Duration pause =
                    Duration.between(ended.get(i - 1).endedAt(), ended.get(i).startedAt());
            assertThat(pause).isGreaterThanOrEqualTo(Duration.ofMillis(245));
        }
    }

    @Test
    void aRateIsOverAllSubtasks() {
        String slow = NUMBERS.replace("partitions: 2, count: 60000", "partitions: 3")
                .replace("seed: 1}", "seed: 1, rate: 2000}");
        long before = System.nanoTime();
        InstanceWatch watch = harness.start(harness.job(), slow, 2, "memory", null);
        watch.awaitRecordsIn(1_000);

        long records = watch.metrics().recordsIn();
        double seconds = (System.nanoTime() - before) / (double) TimeUnit.SECONDS.toNanos(1);
        watch.kill();

        assertThat((double) records).isLessThanOrEqualTo(2_000 * seconds + 300);
    }

    @Test
    void aFileIsReadAgainFromItsBeginningAndGoesOnWhereItWas() throws IOException {
        Files.writeString(harness.files.resolve("lines.csv"), "word\none\ntwo\nthree\n");
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, LINES, 1, "memory", null);
        first.awaitRecordsIn(10);
        first.version();
        first.kill();
        assertThat(job.head().content().sources())
                .singleElement()
                .satisfies(position -> assertThat(position.offset()).isBetween(0L, 19L));

        InstanceWatch second = harness.start(job, LINES, 2, "memory", job.head());
        second.awaitRecordsIn(10);
        second.kill();
    }

    private static long total(SequenceSource source) {
        long total = 0;
        for (int partition = 0; partition < source.partitions(); partition++) {
            for (long offset = 0; offset < source.count(); offset++) {
                total += source.value(partition, offset);
            }
        }
        return total;
    }
}
