package io.strandline.runner.embedded;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a job counts in the bundled flights, against what {@code jq} computes from the file. Skipped where there is no jq. */
class JqTests extends ServerTests {

    private static final Path FLIGHTS = Path.of("src/main/resources/demo/flights.ndjson");

    /** The same as in docs/questions.md. */
    private static final String PROGRAM =
            "[inputs | select(.delay > 15)] | group_by(.origin)[] | {key: .[0].origin, flights: length,"
                    + " minutes: (map(.delay) | add), worst: (map(.delay) | max), mean: ((map(.delay) | add) / length)}";

    private static final String PIPELINE = """
            name: %s
            sources:
              - name: departures
                type: file
                path: jq-flights.ndjson
                format: json
                schema: {date: string, delay: long, distance: long, origin: string, destination: string}
            operators:
              - {name: late, type: filter, input: departures, where: delay > 15}
              - name: by-origin
                type: aggregate
                input: late
                keyBy: [origin]
                aggregates: {flights: count(), minutes: sum(delay), worst: max(delay), mean: avg(delay)}
                emit: NONE
            sinks: []
            parallelism: %d
            state: {backend: %s}
            """;

    private final JobCalls jobs = new JobCalls(this::api);

    @ParameterizedTest
    @CsvSource({"memory, 1", "filesystem, 2", "rocksdb, 4"})
    void aFinishedJobHasCountedWhatJqCounts(String backend, int parallelism) throws Exception {
        List<JsonNode> airports = jq();
        Path files = Files.createDirectories(DATA_DIRECTORY.resolve("files"));
        Path input = files.resolve("jq-flights.ndjson");
        if (!Files.exists(input)) {
            Files.copy(FLIGHTS, input);
        }
        String job = "jq-" + backend;
        given().spec(api())
                .contentType("application/yaml")
                .body(PIPELINE.formatted(job, parallelism, backend).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/jobs?start=true")
                .then()
                .statusCode(201);
        jobs.awaitState(job, "FINISHED");

        assertThat(airports).hasSizeGreaterThan(40);
        for (JsonNode airport : airports) {
            String key = airport.get("key").asString();
            JsonNode counted = value(job, key);
            for (String field : List.of("flights", "minutes", "worst", "mean")) {
                assertThat(counted.get(field).asDouble())
                        .as("%s of %s", field, key)
                        .isEqualTo(airport.get(field).asDouble());
            }
        }
    }

    private JsonNode value(String job, String key) {
        byte[] answer = given().spec(api())
                .get("/api/v1/jobs/" + job + "/snapshots/latest/state/by-origin/aggregates?key=" + key)
                .asByteArray();
        return JsonMapper.shared().readTree(answer).path("value");
    }

    private static List<JsonNode> jq() throws IOException, InterruptedException {
        Process jq;
        try {
            jq = new ProcessBuilder("jq", "-n", "-c", PROGRAM, FLIGHTS.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            assumeTrue(
                    false, "jq is not installed, so nothing else can say what is in the file: " + missing.getMessage());
            throw missing;
        }
        String output = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jq.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jq.exitValue()).as(output).isZero();
        List<JsonNode> lines = new ArrayList<>();
        output.lines().forEach(line -> lines.add(JsonMapper.shared().readTree(line)));
        return lines;
    }
}
