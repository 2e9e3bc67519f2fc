package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records that cannot be read. */
class DeadLetterTests {

    private static final String PIPELINE = """
            name: letters
            sources:
              - name: numbers
                type: file
                path: numbers.ndjson
                format: json
                schema: {n: long}
                onError: {deadLetter: {path: bad, max: %d}}
            sinks:
              - {name: out, type: file, input: numbers, path: out, format: json}
            checkpoints: {interval: NONE}
            restart: {strategy: NONE}
            """;

    /** Divides, in an aggregate and in a window. */
    private static final String QUOTIENTS = """
            name: quotients
            sources:
              - name: parts
                type: file
                path: parts.ndjson
                format: json
                schema: {k: string, n: long, d: long, at: long}
                eventTime: {field: at}
            operators:
              - {name: sums, type: aggregate, input: parts, keyBy: [k],
                 aggregates: {rows: count(), total: sum(n / d)}, onError: {deadLetter: {path: bad-sums}}}
              - {name: five, type: window, input: parts, keyBy: [k], window: {type: TUMBLING, size: PT5S},
                 aggregates: {rows: count(), total: sum(n / d)}, onError: {deadLetter: {path: bad-windows}}}
            sinks:
              - {name: out, type: file, input: sums, path: out, format: json}
              - {name: windows, type: file, input: five, path: windows, format: json}
              - {name: late, type: file, input: five.late, path: late, format: json}
            checkpoints: {interval: NONE}
            restart: {strategy: NONE}
            """;

    @TempDir
    Path directory;

    @Test
    void putsThemAsideWithSourceOffsetCauseAndTextAndGoesOn() throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            Files.writeString(
                    harness.files.resolve("numbers.ndjson"), "{\"n\":1}\n{\"n\":\"x\"}\nnonsense\n{\"n\":2}\n");
            ManifestHistory job = harness.job();

            InstanceWatch watch = harness.run(job, PIPELINE.formatted(2), 2, "filesystem", null);

            assertThat(lines(harness.files.resolve("out"))).containsExactly("{\"n\":1}", "{\"n\":2}");
            assertThat(lines(harness.files.resolve("bad")))
                    .containsExactly(
                            "{\"source\":\"numbers\",\"split\":\"numbers.ndjson\",\"offset\":8,"
                                    + "\"cause\":\"field 'n' is the string 'x', not a long\",\"record\":\"{\\\"n\\\":\\\"x\\\"}\"}",
                            "{\"source\":\"numbers\",\"split\":\"numbers.ndjson\",\"offset\":18,"
                                    + "\"cause\":\"not a JSON object: 'n' at column 1 where '{' is expected\","
                                    + "\"record\":\"nonsense\"}");
            assertThat(watch.instance().metrics().deadLetters()).isEqualTo(2);
            assertThat(watch.instance().metrics().recordsOut()).isEqualTo(2);
        }
    }

    @Test
    void failsWithTheFirstOneBeyondTheCap() throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            Files.writeString(harness.files.resolve("numbers.ndjson"), "a\nb\nc\n");

            InstanceWatch watch = harness.start(harness.job(), PIPELINE.formatted(2), 1, "filesystem", null);

            assertThat(watch.awaitFailure().code()).isEqualTo("poison-record");
            assertThat(watch.awaitFailure().detail()).contains("offset 4", "one more than the 2 dead letters");
        }
    }

    /** A divisor of zero has no quotient: neither sum nor count nor window may have seen the row. */
    @Test
    void putsRowsAsideThatAggregatesAndWindowsCannotComputeAndCountsThemInNone() throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            Files.writeString(harness.files.resolve("parts.ndjson"), """
                    {"k":"a","n":6,"d":2,"at":1000}
                    {"k":"a","n":1,"d":0,"at":1500}
                    {"k":"b","n":8,"d":4,"at":2000}
                    {"k":"c","n":1,"d":0,"at":2500}
                    {"k":"a","n":9,"d":3,"at":9000}
                    """);
            InstanceWatch watch = harness.run(harness.job(), QUOTIENTS, 2, "filesystem", null);

            assertThat(lines(harness.files.resolve("out")))
                    .containsExactlyInAnyOrder(
                            "{\"k\":\"a\",\"rows\":1,\"total\":3}",
                            "{\"k\":\"b\",\"rows\":1,\"total\":2}",
                            "{\"k\":\"a\",\"rows\":2,\"total\":6}");
            assertThat(lines(harness.files.resolve("windows")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("\"rows\":1,"))
                    .noneMatch(line -> line.contains("\"k\":\"c\""));
            for (String path : List.of("bad-sums", "bad-windows")) {
                assertThat(lines(harness.files.resolve(path)))
                        .hasSize(2)
                        .allMatch(line -> line.contains("\"offset\":-1") && line.contains("\\\"d\\\":0"));
            }
            assertThat(watch.instance().metrics().deadLetters()).isEqualTo(4);
        }
    }

    @Test
    void putsRecordsAsideThatAreTooLongOrHaveAnImpossibleTime() throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            Files.writeString(
                    harness.files.resolve("numbers.ndjson"),
                    "{\"n\":1}\n{\"n\":9007199254740993}\n{\"n\":2" + " ".repeat(3 << 20) + "}\n{\"n\":3}\n{\"n\":4"
                            + " ".repeat(1 << 20));

            InstanceWatch watch = harness.run(
                    harness.job(),
                    PIPELINE.formatted(9).replace("schema: {n: long}", "eventTime: {field: n}\n    schema: {n: long}"),
                    1,
                    "filesystem",
                    null);

            assertThat(lines(harness.files.resolve("out"))).containsExactly("{\"n\":1}", "{\"n\":3}");
            List<String> letters = lines(harness.files.resolve("bad"));
            assertThat(letters).hasSize(3);
            assertThat(letters).anyMatch(letter -> letter.contains("9007199254740993 ms since 1970 is out of bounds"));
            assertThat(letters)
                    .anyMatch(letter -> letter.contains("\"offset\":31,\"cause\":\"the line is longer than"))
                    .allMatch(letter -> letter.length() < 500);
            assertThat(watch.instance().metrics().deadLetters()).isEqualTo(3);
        }
    }

    @Test
    void takesThemBackWithTheVersionThatTheyCameWith() throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            Path numbers = harness.files.resolve("numbers.ndjson");
            Files.writeString(numbers, "{\"n\":1}\nfirst\n");
            ManifestHistory job = harness.job();
            harness.run(job, PIPELINE.formatted(9), 1, "filesystem", null);
            Manifest before = job.head();
            Files.writeString(numbers, "{\"n\":1}\nfirst\nsecond\n");
            harness.run(job, PIPELINE.formatted(9), 1, "filesystem", before);
            assertThat(lines(harness.files.resolve("bad"))).hasSize(2);
            Files.writeString(numbers, "{\"n\":1}\nfirst\n{\"n\":2}\n");

            harness.run(job, PIPELINE.formatted(9), 1, "filesystem", before);

            assertThat(lines(harness.files.resolve("bad")))
                    .singleElement()
                    .asString()
                    .contains("first");
            assertThat(lines(harness.files.resolve("out"))).containsExactly("{\"n\":1}", "{\"n\":2}");
        }
    }

    @Test
    void putsRowsAsideThatAnExpressionHasNoValueFor() throws IOException {
        try (RunnerHarness harness = new RunnerHarness(directory)) {
            Files.writeString(harness.files.resolve("numbers.ndjson"), "{\"n\":1}\n{\"n\":0}\n{\"n\":5}\n{\"n\":0}\n");
            String pipeline = """
                    name: letters
                    sources:
                      - {name: numbers, type: file, path: numbers.ndjson, format: json, schema: {n: long}}
                    operators:
                      - {name: shares, type: map, input: numbers, columns: {share: 10 / n}, onError: {deadLetter: {path: bad}}}
                    sinks:
                      - {name: out, type: file, input: shares, path: out, format: json}
                    checkpoints: {interval: NONE}
                    restart: {strategy: NONE}
                    """;

            InstanceWatch watch = harness.run(harness.job(), pipeline, 2, "filesystem", null);

            assertThat(lines(harness.files.resolve("out"))).containsExactly("{\"share\":10}", "{\"share\":2}");
            assertThat(lines(harness.files.resolve("bad")))
                    .hasSize(2)
                    .allSatisfy(letter -> assertThat(letter)
                            .startsWith("{\"source\":\"shares\",\"split\":\"\",\"offset\":-1,\"cause\":\"'10 / n' at ")
                            .endsWith("\"record\":\"{\\\"n\\\":0}\"}"));
            assertThat(watch.instance().metrics().deadLetters()).isEqualTo(2);
        }
    }

    private static List<String> lines(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(output)) {
            for (Path part : parts.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".owner"))
                    .sorted()
                    .toList()) {
                assertThat(part.getFileName().toString()).startsWith("part-");
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }
}
