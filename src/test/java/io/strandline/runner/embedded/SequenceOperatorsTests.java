package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.runner.embedded.SequenceFigures.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operator over sequences agrees with plain collections, killed and restored at seeded points, each time at another
 * parallelism. With {@code -Dstrandline.exactness.records=1000000 -Dstrandline.exactness.points=100} it takes minutes.
 */
class SequenceOperatorsTests {

    private static final int RECORDS = Integer.getInteger("strandline.exactness.records", 12_000);
    private static final int POINTS = Integer.getInteger("strandline.exactness.points", 3);
    private static final List<Integer> PARALLELISMS = List.of(1, 2, 4, 7);

    private static final SequenceSource LEFT = new SequenceSource(3, RECORDS / 4, 300, 7);
    private static final SequenceSource RIGHT = new SequenceSource(2, RECORDS / 8, 300, 9);
    private static final List<Row> LEFT_ROWS = SequenceFigures.rows(LEFT);
    private static final List<Row> RIGHT_ROWS = SequenceFigures.rows(RIGHT);
    private static final long DAY = 86_400_000;

    private static final String PIPELINE = """
            name: operators
            sources:
              - {name: a, type: sequence, partitions: 3, count: %d, keys: 300, seed: 7, eventTime: {field: offset}}
              - {name: b, type: sequence, partitions: 2, count: %d, keys: 300, seed: 9, eventTime: {field: offset}}
            operators:
              - name: totals
                type: window
                input: a
                keyBy: [key]
                window: {type: TUMBLING, size: P1D}
                aggregates: {n: count(), sum: sum(value), least: min(value), most: max(value), mean: avg(value), spread: var_pop(value), earliest: first(value), latest: last(value)}
              - {name: distinct, type: window, input: a, keyBy: [key], window: {type: TUMBLING, size: P1D}, aggregates: {about: approx_count_distinct(value)}}
              - {name: sliding, type: window, input: a, keyBy: [key], window: {type: SLIDING, size: PT0.2S, slide: PT0.06S}, aggregates: {n: count(), sum: sum(value)}}
              - {name: sessions, type: window, input: a, keyBy: [key], window: {type: SESSION, gap: PT0.07S}, aggregates: {n: count(), sum: sum(value)}}
              - {name: once, type: deduplicate, input: a, keyBy: [partition, key], ttl: PT0.5S}
              - {name: both, type: union, inputs: [a, b]}
              - {name: counts, type: aggregate, input: both, keyBy: [key], aggregates: {n: count()}, emit: NONE}
              - name: pairs
                type: join
                left: {input: a, keyBy: [key]}
                right: {input: b, keyBy: [key]}
                lower: PT-0.003S
                upper: PT0.005S
                columns: {q: right.partition, p: left.partition, k: right.key, t: left.offset, u: right.offset, v: right.value}
            sinks:
              - {name: totals-out, type: file, input: totals, path: totals, format: csv}
              - {name: distinct-out, type: file, input: distinct, path: distinct, format: csv}
              - {name: sliding-out, type: file, input: sliding, path: sliding, format: csv}
              - {name: sessions-out, type: file, input: sessions, path: sessions, format: csv}
              - {name: once-out, type: file, input: once, path: once, format: csv}
              - {name: pairs-out, type: file, input: pairs, path: pairs, format: csv}
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
            """.formatted(RECORDS / 4, RECORDS / 8);

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
    @CsvSource({"1, filesystem", "2, rocksdb", "4, filesystem", "7, memory"})
    void agreeWithPlainCollections(int parallelism, String backend) throws IOException {
        ManifestHistory job = harness.job();
        harness.run(job, PIPELINE, parallelism, backend, null);
        assertExact(job);
    }

    @ParameterizedTest
    @CsvSource({"1, filesystem", "2, rocksdb"})
    void agreeWhenKilledAndRescaledAtSeededPoints(long seed, String backend) throws IOException {
        Random random = new Random(seed);
        ManifestHistory job = harness.job();
        long all = LEFT_ROWS.size() + RIGHT_ROWS.size();
        String slow = PIPELINE.replace("eventTime:", "rate: " + Math.max(20_000, RECORDS) + ", eventTime:");
        for (int point = 0; point < POINTS; point++) {
            int parallelism = PARALLELISMS.get(random.nextInt(PARALLELISMS.size()));
            InstanceWatch life = harness.start(job, slow, parallelism, backend, job.headOrNull());
            long until = random.nextLong(1 + all / POINTS);
            life.await(until + " records", () -> life.metrics().recordsIn() >= until || life.ended());
            if (!life.ended()) {
                life.version();
                life.awaitRecordsIn(
                        Math.min(until + random.nextInt(100), life.metrics().recordsIn()));
            }
            life.kill();
        }
        harness.run(job, PIPELINE, PARALLELISMS.get(random.nextInt(PARALLELISMS.size())), backend, job.headOrNull());
        assertExact(job);
    }

    /** What does not depend on the order of arrival is the same byte for byte. */
    @Test
    void keepTheSameStateWhateverParallelismAndBackend() throws IOException {
        String kept = """
                name: kept
                sources:
                  - {name: a, type: sequence, partitions: 3, count: %d, keys: 300, seed: 7, eventTime: {field: offset}}
                operators:
                  - {name: sums, type: aggregate, input: a, keyBy: [key], aggregates: {n: count(), spread: stddev_samp(value), newest: last(value), about: approx_count_distinct(value), word: max(string(value))}, emit: NONE}
                  - {name: once, type: deduplicate, input: a, keyBy: [partition, key]}
                checkpoints: {interval: NONE}
                """.formatted(RECORDS / 4);
        ManifestHistory one = harness.job();
        harness.run(one, kept, 1, "filesystem", null);
        ManifestHistory other = harness.job();
        harness.run(other, kept, 4, "rocksdb", null);

        assertThat(harness.stateDigest(other.head())).isEqualTo(harness.stateDigest(one.head()));
    }

    private void assertExact(ManifestHistory job) throws IOException {
        assertThat(lines("totals").map(SequenceFigures::rounded).sorted().toList())
                .isEqualTo(SequenceFigures.totals(LEFT_ROWS, DAY));
        assertThat(lines("sliding").toList()).isEqualTo(SequenceFigures.sliding(LEFT_ROWS, 200, 60));
        assertThat(lines("sessions").toList()).isEqualTo(SequenceFigures.sessions(LEFT_ROWS, 70));
        assertThat(lines("once").toList()).isEqualTo(SequenceFigures.once(LEFT_ROWS, 500));
        assertThat(lines("pairs").toList()).isNotEmpty().isEqualTo(SequenceFigures.pairs(LEFT_ROWS, RIGHT_ROWS, -3, 5));
        assertThat(harness.state(job.head(), "counts", "aggregates"))
                .isEqualTo(SequenceFigures.counts(LEFT_ROWS, RIGHT_ROWS));
        assertThat(harness.state(job.head(), "sliding", "panes")).isEmpty();
        assertThat(harness.state(job.head(), "sessions", "panes")).isEmpty();
        assertDistinct();
    }

    private void assertDistinct() throws IOException {
        Map<Long, long[]> bounds = SequenceFigures.distinct(LEFT_ROWS);
        List<String> found = lines("distinct").toList();
        assertThat(found).hasSameSizeAs(bounds.keySet());
        for (String line : found) {
            String[] fields = line.split(",");
            long[] bound = bounds.get(Long.parseLong(fields[0]));
            assertThat(Long.parseLong(fields[3])).as(line).isBetween(bound[0], bound[1]);
        }
    }

    private Stream<String> lines(String path) throws IOException {
        return harness.sortedOutput(path).stream().filter(line -> Character.isDigit(line.charAt(0)));
    }
}
