package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs share one store, and each counts its epochs and attempts from 1. */
class SharedStoreTests {

    private static final String PIPELINE = """
            name: shared
            sources: [{name: numbers, type: sequence, keys: 100, seed: 5, rate: 1000}]
            operators:
              - {name: sums, type: aggregate, input: numbers, keyBy: [key], aggregates: {total: sum(value)}, emit: NONE}
            sinks: []
            checkpoints: {interval: NONE}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void attemptsOfTwoJobsWithTheSameEpochAndNumberDoNotMeet(String backend) {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            ManifestHistory one = harness.job();
            ManifestHistory other = harness.job();
            InstanceWatch first = harness.start(one, PIPELINE, 1, backend, null);
            InstanceWatch second = harness.start(other, PIPELINE, 1, backend, null);
            for (int i = 0; i < 20; i++) {
                CompletableFuture.allOf(
                                CompletableFuture.runAsync(first::version), CompletableFuture.runAsync(second::version))
                        .join();
            }
            first.kill();
            second.kill();

            assertThat(one.head().number()).isEqualTo(20);
            assertThat(other.head().number()).isEqualTo(20);
        }
    }
}
