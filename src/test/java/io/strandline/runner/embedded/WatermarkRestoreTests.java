package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far event time had come is part of a version: a row that was late stays late. Rows come before watermarks here, so
 * that an operator that has forgotten its watermark takes the late row.
 */
class WatermarkRestoreTests {

    private static final EngineSettings ROWS_BEFORE_WATERMARKS = new EngineSettings(2, 64, 8, Duration.ofHours(1));

    private static final String PIPELINE = """
            name: hourly
            sources:
              - name: clicks
                type: file
                path: clicks.csv
                format: csv
                schema: {at: "timestamp(yyyy-MM-dd HH:mm)", page: string}
                eventTime: {field: at, idleTimeout: PT1H}
                onEnd: FOLLOW
            operators:
              - name: hours
                type: window
                input: clicks
                keyBy: [page]
                window: {type: TUMBLING, size: PT1H}
                aggregates: {clicks: count()}
            sinks:
              - {name: out, type: file, input: hours, path: out, format: csv}
              - {name: late, type: file, input: hours.late, path: late, format: csv}
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
            """;

    @TempDir
    private Path directory;

    private RunnerHarness harness;

    @BeforeEach
    void open() {
        harness = new RunnerHarness(directory, ROWS_BEFORE_WATERMARKS);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, filesystem", "1, 2, rocksdb", "2, 1, memory"})
    void aRowThatWasLateIsLateAfterARestore(int parallelism, int after, String backend) throws IOException {
        append("at,page\n2001-01-01 09:10,home\n2001-01-01 11:00,home\n");
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, PIPELINE, parallelism, "filesystem", null);
        long tenOClock = Instant.parse("2001-01-01T10:00:00Z").toEpochMilli();
        first.await("ten o'clock", () -> first.operator("hours").watermarkMillis() >= tenOClock);
        first.version();
        first.kill();

        append("2001-01-01 09:30,home\n2001-01-01 11:30,home\n");
        InstanceWatch second =
                harness.run(job, PIPELINE.replace("onEnd: FOLLOW", "onEnd: STOP"), after, backend, job.head());

        assertThat(harness.output("out").stream().filter(line -> !line.startsWith("page")))
                .containsExactly(
                        "home,2001-01-01T09:00:00Z,2001-01-01T10:00:00Z,1",
                        "home,2001-01-01T11:00:00Z,2001-01-01T12:00:00Z,2");
        assertThat(second.operator("hours").lateRecords()).isEqualTo(1);
        assertThat(harness.output("late")).containsExactly("at,page", "2001-01-01T09:30:00Z,home");
    }

    @Test
    void aWindowWhoseTimerWasRestoredEndsWhenItsTimeComes() throws IOException {
        append("at,page\n2001-01-01 09:10,home\n2001-01-01 09:20,help\n");
        ManifestHistory job = harness.job();
        InstanceWatch first = harness.start(job, PIPELINE, 2, "rocksdb", null);
        first.awaitRecordsIn(2);
        first.version();
        first.kill();
        assertThat(harness.state(job.head(), "hours", "panes")).hasSize(2);

        append("2001-01-01 09:40,home\n");
        harness.run(job, PIPELINE.replace("onEnd: FOLLOW", "onEnd: STOP"), 1, "filesystem", job.head());

        assertThat(harness.sortedOutput("out").stream().filter(line -> !line.startsWith("page")))
                .containsExactly(
                        "help,2001-01-01T09:00:00Z,2001-01-01T10:00:00Z,1",
                        "home,2001-01-01T09:00:00Z,2001-01-01T10:00:00Z,2");
        assertThat(harness.state(job.head(), "hours", "panes")).isEmpty();
    }

    private void append(String lines) throws IOException {
        Files.writeString(
                harness.files.resolve("clicks.csv"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
