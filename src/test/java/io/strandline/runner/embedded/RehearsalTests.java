package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.runner.Rehearser.Failed;
import io.strandline.runner.Rehearser.GivenUp;
import io.strandline.runner.Rehearser.Rehearsal;
import io.strandline.runner.Rehearser.Restored;
import io.strandline.snapshot.Manifest;
import io.strandline.storage.Blob;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A version is restored for trial: nothing runs on, nothing is written, and what it holds is what it held. */
class RehearsalTests {

    private static final String PIPELINE = """
            name: rehearsed
            sources:
              - {name: numbers, type: sequence, partitions: 3, keys: 500, seed: 7, rate: 20000, eventTime: {field: offset}}
            operators:
              - name: totals
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {count: count(), total: sum(value)}
              - name: panes
                type: window
                input: numbers
                keyBy: [key]
                window: {type: TUMBLING, size: PT1S}
                aggregates: {count: count()}
            sinks:
              - {name: lines, type: file, input: totals, path: rehearsed, format: json}
            checkpoints: {interval: NONE}
            parallelism: 2
            """;

    @TempDir
    private Path directory;

    private RunnerHarness harness;

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory);
    }

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb", "memory"})
    void holdsAfterwardsWhatItHeldBeforeAndLeavesNothingBehind(String backend) throws IOException {
        ManifestHistory job = harness.job();
        InstanceWatch running = harness.start(job, PIPELINE, 2, backend, null);
        running.awaitRecordsIn(2000);
        running.version();
        running.awaitRecordsIn(4000);
        long number = running.version();
        Manifest version = job.version(number);
        List<StoredBlob> blobs = harness.durable.blobs();

        Rehearsal rehearsal = rehearse(version, () -> false);

        assertThat(rehearsal).isEqualTo(new Restored(harness.stateDigest(version)));
        assertThat(harness.durable.blobs()).isEqualTo(blobs);
        assertThat(harness.durable.leftoverStagings()).isEmpty();
        try (Stream<Path> work = Files.list(directory.resolve("work"))) {
            assertThat(work.filter(path -> path.getFileName().toString().startsWith("rehearsal")))
                    .isEmpty();
        }
        assertThat(running.ended()).isFalse();
        long next = running.version();
        assertThat(next).isGreaterThan(number);
        running.kill();
    }

    @Test
    void saysWhyAVersionCannotBeRestored() throws IOException {
        ManifestHistory job = harness.job();
        InstanceWatch running = harness.start(job, PIPELINE, 2, "filesystem", null);
        running.awaitRecordsIn(1000);
        Manifest version = job.version(running.version());
        running.kill();
        Blob blob = version.content().blobs().iterator().next();
        String hex = blob.digest().hex();
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            Path file = files.filter(path -> path.getFileName().toString().equals(hex))
                    .findFirst()
                    .orElseThrow();
            Files.move(file, directory.resolve("elsewhere"));
        }

        Rehearsal rehearsal = rehearse(version, () -> false);

        assertThat(rehearsal)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.detail()).contains(hex));
    }

    @Test
    void givesUpWhenItIsToldTo() {
        ManifestHistory job = harness.job();
        InstanceWatch running = harness.start(job, PIPELINE, 2, "filesystem", null);
        running.awaitRecordsIn(1000);
        Manifest version = job.version(running.version());
        running.kill();

        assertThat(rehearse(version, () -> true)).isEqualTo(new GivenUp());
        assertThat(directory.resolve("work/rehearsal-" + version.id())).doesNotExist();
    }

    private Rehearsal rehearse(Manifest version, BooleanSupplier cancelled) {
        return harness.rehearser.rehearse(
                version, "job", RunnerHarness.document(PIPELINE), "rehearsal-" + version.id(), cancelled);
    }
}
