package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CompatibilityReport.StateLine;
import io.strandline.runner.CompatibilityReport.Verdict;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.storage.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be started or goes wrong is told with what, where and why. */
class RefusalTests {

    private static final String PIPELINE = """
            name: shop
            sources:
              - {name: orders, type: file, path: orders.ndjson, format: json, schema: {item: string, price: long, pieces: long}}
            operators:
              - {name: priced, type: map, input: orders, columns: {item: item, each: price / pieces}}
              - {name: by-item, type: aggregate, input: priced, keyBy: [item], aggregates: {orders: count(), most: max(each)}}
            sinks: [{name: out, type: file, input: by-item, path: out, format: json}]
            checkpoints: {interval: NONE, retry: {attempts: 3, initial: PT0.01S, max: PT0.02S}, tolerableFailures: 0}
            state: {backend: filesystem}
            """;

    @TempDir
    private Path directory;

    private RunnerHarness harness;
    private ManifestHistory job;

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory);
        job = harness.job();
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void anExpressionThatFailsNamesItsOperatorAndCause() throws IOException {
        orders("{\"item\":\"tea\",\"price\":10,\"pieces\":0}");

        FailureCause cause = harness.start(job, PIPELINE, 1, "filesystem", null).awaitFailure();

        assertThat(cause.code()).isEqualTo("poison-record");
        assertThat(cause.operator()).isEqualTo("priced");
        assertThat(cause.detail())
                .isEqualTo("'price / pieces' at 1:7: 10 / 0 is a division by zero; the row is {item: 'tea', price: 10,"
                        + " pieces: 0}");
    }

    @Test
    void aPoisonRecordNamesSourceOffsetAndCause() throws IOException {
        String good = "{\"item\":\"tea\",\"price\":10,\"pieces\":1}";
        orders(good, "{\"item\":\"tea\",\"price\":\"ten\",\"pieces\":1}");

        FailureCause cause = harness.start(job, PIPELINE, 1, "filesystem", null).awaitFailure();

        assertThat(cause.code()).isEqualTo("poison-record");
        assertThat(cause.operator()).isEqualTo("orders");
        assertThat(cause.detail())
                .contains("offset " + (good.length() + 1))
                .contains("orders.ndjson")
                .contains("price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void eachDamagedFileIsAnObstacleThatNamesIt(String backend) throws IOException {
        Manifest version = versionOf("tea", backend);
        assertThat(harness.runner.check(harness.spec(job, PIPELINE, 2, backend, version)))
                .isEmpty();

        for (Blob blob : version.content().blobs()) {
            flipOneByte(blob);
            assertThat(harness.runner.check(harness.spec(job, PIPELINE, 2, backend, version)))
                    .anySatisfy(obstacle -> {
                        assertThat(obstacle.kind()).isEqualTo(StartObstacle.Kind.DAMAGED);
                        assertThat(obstacle.pointer()).isEqualTo(blob.digest().toString());
                        assertThat(obstacle.detail()).contains("by-item.aggregates");
                    });
            flipOneByte(blob);
        }
        assertThat(harness.runner.check(harness.spec(job, PIPELINE, 2, backend, version)))
                .isEmpty();
    }

    @Test
    void stateOfAnotherKeyIsAnObstacle() throws IOException {
        Manifest version = versionOf("tea", "filesystem");
        String otherKey = PIPELINE.replace("keyBy: [item]", "keyBy: [each]");

        InstanceSpec spec = harness.spec(job, otherKey, 1, "filesystem", version);

        assertThat(harness.runner.check(spec)).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.kind()).isEqualTo(StartObstacle.Kind.INCOMPATIBLE_STATE);
            assertThat(obstacle.pointer()).isEqualTo("by-item.aggregates");
        });
        assertThat(verdicts(version, otherKey)).containsExactly("by-item.aggregates INCOMPATIBLE");
    }

    @Test
    void aRenamedOperatorDropsItsState() throws IOException {
        Manifest version = versionOf("tea", "filesystem");

        assertThat(verdicts(version, PIPELINE)).containsExactly("by-item.aggregates UNCHANGED");
        assertThat(verdicts(version, PIPELINE.replace("by-item", "per-item")))
                .containsExactlyInAnyOrder("by-item.aggregates DROPPED", "per-item.aggregates NEW");
    }

    @Test
    void aMissingFileIsAnObstacleWithAPointer() {
        InstanceSpec spec = harness.spec(job, PIPELINE, 1, "filesystem", null);

        assertThat(harness.runner.check(spec)).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.kind()).isEqualTo(StartObstacle.Kind.CONNECTOR);
            assertThat(obstacle.pointer()).isEqualTo("/sources/0/path");
            assertThat(obstacle.detail()).contains("orders.ndjson").doesNotContain(directory.toString());
        });
        assertThat(harness.start(job, PIPELINE, 1, "filesystem", null)
                        .awaitFailure()
                        .code())
                .isEqualTo("start-failed");
    }

    @Test
    void aRefusedCommitIsTriedAgainAsOftenAsThePipelineSays() throws IOException {
        orders("{\"item\":\"tea\",\"price\":10,\"pieces\":1}");
        InstanceWatch watch =
                harness.start(job, PIPELINE.replace("json, schema", "json, onEnd: FOLLOW, schema"), 1, "memory", null);
        watch.awaitRecordsIn(1);

        job.refuse(2);
        assertThat(watch.checkpoint(null)).isInstanceOf(CheckpointOutcome.Completed.class);
        assertThat(job.head().number()).isEqualTo(3);

        job.refuse(3);
        assertThat(watch.checkpoint(null)).isInstanceOf(CheckpointOutcome.Failed.class);
        assertThat(watch.awaitFailure().code()).isEqualTo("too-many-failed-checkpoints");
    }

    private Manifest versionOf(String item, String backend) throws IOException {
        orders("{\"item\":\"" + item + "\",\"price\":10,\"pieces\":1}");
        harness.run(job, PIPELINE, 1, backend, null);
        return job.head();
    }

    private void orders(String... lines) throws IOException {
        Files.writeString(harness.files.resolve("orders.ndjson"), String.join("\n", lines) + "\n");
    }

    private List<String> verdicts(Manifest version, String yaml) {
        return harness.runner.compatibility(version, RunnerHarness.document(yaml)).states().stream()
                .map(line -> text(line))
                .toList();
    }

    private static String text(StateLine line) {
        Verdict verdict = line.verdict();
        return line.operator() + "." + line.state() + " " + verdict;
    }

    private void flipOneByte(Blob blob) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("store"))) {
            Path file = all.filter(path ->
                            path.getFileName().toString().equals(blob.digest().hex()))
                    .findFirst()
                    .orElseThrow();
            boolean writable = file.toFile().setWritable(true);
            assertThat(writable).isTrue();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
    }
}
