package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.EngineSettings;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.CompatibilityReport.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipeline whose aggregates change goes on from the state it has. */
class SchemaChangeRunTests {

    private static final String PIPELINE = """
            name: changing
            sources: [{name: numbers, type: sequence, partitions: 2, keys: 500, seed: 11, count: 60000%s}]
            operators:
              - {name: by-key, type: aggregate, input: numbers, keyBy: [key], aggregates: {%s}, emit: NONE}
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
            """;
    private static final String BEFORE = "count: count(), least: min(value), total: sum(value)";
    private static final String AFTER = "total: sum(double(value)), most: max(value), count: count()";

    @TempDir
    private Path directory;

    private RunnerHarness harness;

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory, EngineSettings.defaults());
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({"filesystem, filesystem, 1", "rocksdb, rocksdb, 2", "filesystem, rocksdb, 2", "rocksdb, memory, 1"})
    void goesOnAsIfTheColumnsHadBeenSoFromTheStart(String before, String after, int parallelism) throws IOException {
        ManifestHistory fresh = harness.job();
        harness.run(fresh, PIPELINE.formatted("", AFTER), 1, "filesystem", null);
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, PIPELINE.formatted(", rate: 100000", BEFORE), 1, before, null);
        first.awaitRecordsIn(10_000);
        first.version();
        first.kill();

        CompatibilityReport report =
                harness.runner.compatibility(job.head(), RunnerHarness.document(PIPELINE.formatted("", AFTER)));
        harness.run(job, PIPELINE.formatted("", AFTER), parallelism, after, job.head());

        assertThat(report.states()).singleElement().satisfies(line -> {
            assertThat(line.verdict()).isEqualTo(Verdict.COMPATIBLE);
            assertThat(line.detail())
                    .contains(
                            "total is widened to DOUBLE",
                            "most is new",
                            "least is dropped",
                            "stored as",
                            "declared as");
        });
        assertThat(known(job)).isEqualTo(known(fresh));
    }

    @Test
    void narrowsNothing() throws IOException {
        ManifestHistory job = harness.job();
        harness.run(job, PIPELINE.formatted("", AFTER), 1, "filesystem", null);

        CompatibilityReport report =
                harness.runner.compatibility(job.head(), RunnerHarness.document(PIPELINE.formatted("", BEFORE)));

        assertThat(report.states()).singleElement().satisfies(line -> {
            assertThat(line.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
            assertThat(line.detail()).contains("total was DOUBLE and is LONG now");
        });
    }

    /** The columns that were there from the start, under each key. */
    private Map<String, List<Object>> known(ManifestHistory job) throws IOException {
        Map<String, List<Object>> known = new TreeMap<>();
        List<String> names = job.head().content().operators().stream()
                .filter(operator -> operator.name().equals("by-key"))
                .flatMap(operator -> operator.states().get(0).schema().value().stream())
                .map(column -> column.name())
                .toList();
        harness.state(job.head(), "by-key", "aggregates")
                .forEach((key, value) ->
                        known.put(key, List.of(value.get(names.indexOf("count")), value.get(names.indexOf("total")))));
        return known;
    }
}
