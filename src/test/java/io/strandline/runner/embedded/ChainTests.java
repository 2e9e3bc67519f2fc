package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators of every kind behind one another, in one chain or with an exchange between them. */
class ChainTests {

    private static final String PIPELINE = """
            name: chain
            sources: [{name: numbers, type: sequence, partitions: 2, count: 3000, keys: 10, seed: 5}]
            operators:
              - {name: doubled, type: map, input: numbers, columns: {key: key, twice: value * 2, half: double(value) / 2.0}}
              - {name: labelled, type: map, input: doubled, columns: {label: "twice > 65535 ? 'large' : 'small'", twice: twice + 1, half: half}}
              - {name: some, type: filter, input: labelled, where: twice % 3 != 0}
              - name: by-label
                type: aggregate
                input: some
                keyBy: [label]
                aggregates: {rows: count(), total: sum(twice), most: max(half + 1.0)}
              - name: by-rows
                type: aggregate
                input: by-label
                keyBy: [label]
                aggregates: {updates: count(), rows: max(rows)}
                emit: NONE
            sinks: [{name: out, type: discard, input: by-label}]
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void computesThroughMapsFiltersAndAggregates(int parallelism) throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            ManifestHistory job = harness.job();

            harness.run(job, PIPELINE, parallelism, "filesystem", null);

            Map<String, List<Object>> expected = expected();
            assertThat(harness.state(job.head(), "by-label", "aggregates")).isEqualTo(expected);
            Map<String, List<Object>> updates = new TreeMap<>();
            expected.forEach((label, values) -> updates.put(label, List.of(values.get(0), values.get(0))));
            assertThat(harness.state(job.head(), "by-rows", "aggregates")).isEqualTo(updates);
        }
    }

    private static Map<String, List<Object>> expected() {
        var source = new io.strandline.engine.connector.sequence.SequenceSource(2, 3_000, 10, 5);
        Map<String, List<Object>> expected = new TreeMap<>();
        for (int partition = 0; partition < 2; partition++) {
            for (long offset = 0; offset < 3_000; offset++) {
                long value = source.value(partition, offset);
                long twice = 2 * value + 1;
                if (twice % 3 != 0) {
                    expected.merge(
                            2 * value > 65_535 ? "[large]" : "[small]",
                            List.of(1L, twice, value / 2.0 + 1),
                            (sum, one) -> List.of(
                                    (Long) sum.get(0) + 1,
                                    (Long) sum.get(1) + twice,
                                    Math.max((Double) sum.get(2), (Double) one.get(2))));
                }
            }
        }
        return expected;
    }
}
