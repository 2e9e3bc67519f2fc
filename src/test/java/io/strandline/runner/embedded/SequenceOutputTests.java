package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances die at random moments; what is committed has every record once all the same, and state is the closed form. */
class SequenceOutputTests {

    private static final SequenceSource SOURCE = new SequenceSource(3, 20_000, 500, 7);
    private static final int LIVES = 6;

    private static final String PIPELINE = """
            name: numbers
            sources: [{name: numbers, type: sequence, partitions: 3, count: 20000, keys: 500, seed: 7}]
            operators:
              - name: by-key
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {count: count(), total: sum(value), most: max(value)}
                emit: NONE
            sinks: [{name: out, type: file, input: numbers, path: out, format: csv}]
            checkpoints: {interval: PT0.05S, tolerableFailures: 0}
            state: {backend: memory, memoryBudget: 1MB}
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

    @ParameterizedTest
    @ValueSource(strings = {"memory", "filesystem", "rocksdb"})
    void commitsEveryRecordOnceWhenKilledAtRandomMoments(String backend, TestReporter reporter) throws IOException {
        long seed = new Random().nextLong();
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);
        ManifestHistory job = harness.job();
        String slow = PIPELINE.replace("seed: 7}", "seed: 7, rate: 60000}");
        long read = 0;

        for (int life = 0; life < LIVES; life++) {
            InstanceWatch watch = harness.start(job, slow, 1 + random.nextInt(4), backend, from(job, random));
            long until = random.nextInt(12_000);
            watch.await(until + " records", () -> watch.metrics().recordsIn() >= until || watch.ended());
            watch.kill();
            read += until;
        }
        harness.run(job, PIPELINE, 2, backend, from(job, random));

        assertThat(read).as("seed %d", seed).isPositive();
        assertEveryRecordOnce(seed);
        assertThat(harness.state(job.head(), "by-key", "aggregates"))
                .as("seed %d", seed)
                .isEqualTo(closedForm());
    }

    /** Mostly the newest version, at times the one before: a roll-back. */
    private static Manifest from(ManifestHistory job, Random random) {
        List<Manifest> versions = job.versions();
        return versions.size() < 2 || random.nextInt(3) > 0 ? job.headOrNull() : versions.get(versions.size() - 2);
    }

    @Test
    void takesOutputBackThatTheVersionDoesNotHaveAndSaysSo() throws IOException {
        ManifestHistory job = harness.job();
        String endless = PIPELINE.replace("count: 20000, ", "").replace("PT0.05S", "NONE");
        InstanceWatch first =
                harness.start(job, endless.replace("seed: 7}", "seed: 7, rate: 20000}"), 1, "memory", null);
        first.awaitRecordsIn(500);
        Manifest one = job.version(first.version());
        first.awaitRecordsIn(first.metrics().recordsIn() + 500);
        long two = first.version();
        first.kill();

        InstanceWatch second = harness.start(job, endless, 1, "memory", one);
        second.awaitRunning();
        second.kill();

        assertThat(second.moves).anySatisfy(move -> {
            assertThat(move.sink()).isEqualTo("out");
            assertThat(move.from()).isEqualTo("out/part-main-" + two + "-0-0.csv");
            assertThat(move.to()).isEqualTo("out/.withdrawn/part-main-" + two + "-0-0.csv");
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3"})
    void losesNothingAtLeastOnce(int parallelism, int after) throws IOException {
        String pipeline = PIPELINE.replace("tolerableFailures", "guarantee: AT_LEAST_ONCE, tolerableFailures");
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(
                job, pipeline.replace("seed: 7}", "seed: 7, rate: 60000}"), parallelism, "filesystem", null);
        first.awaitRecordsIn(5_000);
        first.version();
        first.kill();

        harness.run(job, pipeline, after, "filesystem", job.head());

        Map<String, List<Object>> found = harness.state(job.head(), "by-key", "aggregates");
        assertThat(found).hasSameSizeAs(closedForm());
        closedForm()
                .forEach((key, value) ->
                        assertThat((Long) found.get(key).get(0)).as(key).isGreaterThanOrEqualTo((Long) value.get(0)));
    }

    private void assertEveryRecordOnce(long seed) throws IOException {
        List<String> expected = new ArrayList<>();
        for (int partition = 0; partition < SOURCE.partitions(); partition++) {
            for (long offset = 0; offset < SOURCE.count(); offset++) {
                expected.add("%d,%d,%d,%d"
                        .formatted(partition, offset, SOURCE.key(partition, offset), SOURCE.value(partition, offset)));
            }
        }
        List<String> found = harness.sortedOutput("out").stream()
                .filter(line -> !line.startsWith("partition"))
                .toList();
        assertThat(found.equals(expected.stream().sorted().toList()))
                .as(
                        "seed %d: %d records in the output, %d different",
                        seed, found.size(), found.stream().distinct().count())
                .isTrue();
    }

    private static Map<String, List<Object>> closedForm() {
        Map<String, List<Object>> expected = new TreeMap<>();
        for (int partition = 0; partition < SOURCE.partitions(); partition++) {
            for (long offset = 0; offset < SOURCE.count(); offset++) {
                long value = SOURCE.value(partition, offset);
                expected.merge(
                        "[" + SOURCE.key(partition, offset) + "]",
                        List.of(1L, value, value),
                        (sum, one) -> List.of(
                                (Long) sum.get(0) + 1, (Long) sum.get(1) + value, Math.max((Long) sum.get(2), value)));
            }
        }
        return expected;
    }
}
