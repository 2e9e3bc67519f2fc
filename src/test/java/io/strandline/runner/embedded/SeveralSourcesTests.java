package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that has no rows for a while holds neither windows nor joins over several sources back. */
class SeveralSourcesTests {

    private static final String PIPELINE = """
            name: shop
            sources:
              - name: orders
                type: file
                path: orders.csv
                format: csv
                schema: {at: "timestamp(yyyy-MM-dd HH:mm)", id: string}
                eventTime: {field: at}
                onEnd: FOLLOW
              - name: payments
                type: file
                path: payments.csv
                format: csv
                schema: {at: "timestamp(yyyy-MM-dd HH:mm)", id: string}
                eventTime: {field: at, idleTimeout: PT0.05S}
                onEnd: FOLLOW
            operators:
              - {name: both, type: union, inputs: [orders, payments]}
              - {name: hours, type: window, input: both, keyBy: [id], window: {type: TUMBLING, size: PT1H}, aggregates: {n: count()}}
              - {name: paid, type: join, left: {input: orders, keyBy: [id]}, right: {input: payments, keyBy: [id]}, lower: PT0S, upper: PT30M, columns: {id: left.id, ordered: left.at, paid: right.at}}
              - {name: paid-hours, type: window, input: paid, keyBy: [id], window: {type: TUMBLING, size: PT1H}, aggregates: {n: count()}}
            sinks:
              - {name: out, type: file, input: hours, path: out, format: csv}
              - {name: paid-out, type: file, input: paid-hours, path: paid, format: csv}
            checkpoints: {interval: PT0.05S}
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anIdleSourceHoldsNothingBack(int parallelism) throws IOException {
        write("orders.csv", "at,id\n2001-01-01 09:10,a\n2001-01-01 09:50,b\n2001-01-01 12:00,c\n");
        write("payments.csv", "at,id\n2001-01-01 09:20,a\n");
        ManifestHistory job = harness.job();
        InstanceWatch watch = harness.start(job, PIPELINE, parallelism, "filesystem", null);

        watch.await("windows", () -> lines("out").size() >= 2 && !lines("paid").isEmpty());
        watch.kill();

        assertThat(lines("out").stream().sorted())
                .containsExactly(
                        "a,2001-01-01T09:00:00Z,2001-01-01T10:00:00Z,2",
                        "b,2001-01-01T09:00:00Z,2001-01-01T10:00:00Z,1");
        assertThat(lines("paid")).containsExactly("a,2001-01-01T09:00:00Z,2001-01-01T10:00:00Z,1");
    }

    private List<String> lines(String path) {
        try {
            return harness.output(path).stream()
                    .filter(line -> !line.startsWith("id"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String lines) throws IOException {
        Files.writeString(harness.files.resolve(file), lines);
    }
}
