package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running aggregate passes on, and that what had not been passed on when a version was taken still is afterwards. */
class EmissionTests {

    private static final String PIPELINE = """
            name: numbers
            sources: [{name: numbers, type: sequence, partitions: 2, count: 6000, keys: 50, seed: 3, rate: 30000}]
            operators:
              - name: by-key
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {count: count()}
                emit: {every: PT0.1S}
            sinks: [{name: out, type: file, input: by-key, path: out, format: csv}]
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
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
    void everyChangedKeyIsEmittedOnceAnInterval() throws IOException {
        ManifestHistory job = harness.job();

        harness.run(job, PIPELINE, 2, "filesystem", null);

        List<String> rows = rows();
        assertThat(rows).hasSizeBetween(50, 6_000);
        assertThat(last(rows)).isEqualTo(counts(job.head()));
    }

    @Test
    void changesOfBeforeARestoreAreNotForgotten() throws IOException {
        String rare = PIPELINE.replace("PT0.1S", "PT1H");
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, rare, 2, "filesystem", null);
        first.awaitRecordsIn(3_000);
        first.version();
        first.kill();

        harness.run(job, rare.replace(", rate: 30000", ""), 1, "rocksdb", job.head());

        assertThat(last(rows())).isEqualTo(counts(job.head()));
    }

    @Test
    void everyChangeIsEmittedWithItsCount() throws IOException {
        ManifestHistory job = harness.job();

        harness.run(job, PIPELINE.replace("{every: PT0.1S}", "CHANGES"), 2, "filesystem", null);

        Map<String, Long> seen = new HashMap<>();
        for (String row : rows()) {
            String[] cells = row.split(",", -1);
            long count = seen.merge(cells[0], 1L, Long::sum);
            assertThat(Long.parseLong(cells[1])).as(row).isEqualTo(count);
        }
        assertThat(seen).isEqualTo(counts(job.head()));
    }

    private List<String> rows() throws IOException {
        return harness.output("out").stream()
                .filter(line -> !line.startsWith("key"))
                .toList();
    }

    /** Each key's last row; a key is written by one subtask, in order. */
    private static Map<String, Long> last(List<String> rows) {
        Map<String, Long> last = new HashMap<>();
        rows.forEach(row -> last.put(row.split(",", -1)[0], Long.parseLong(row.split(",", -1)[1])));
        return last;
    }

    private Map<String, Long> counts(Manifest version) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        harness.state(version, "by-key", "aggregates")
                .forEach((key, value) -> counts.put(key.substring(1, key.length() - 1), (Long) value.get(0)));
        return counts;
    }
}
