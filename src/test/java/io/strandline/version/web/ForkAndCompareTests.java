package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One job, one version, two branches with another idea of what is late: each writes what it alone would have written from
 * the fork point on, and what the two differ in is what {@code jq} computes from the file.
 */
class ForkAndCompareTests extends ServerTests {

    private static final Path FLIGHTS = Path.of("src/main/resources/demo/flights.ndjson");

    private static final String JOB = "fork-compare";

    private static final String PIPELINE = """
            name: fork-compare
            sources:
              - name: departures
                type: file
                path: demo:flights.ndjson
                format: json
                schema: {date: string, delay: long, distance: long, origin: string, destination: string}
                rate: %d
            operators:
              - {name: late, type: filter, input: departures, where: delay > %d}
              - name: by-origin
                type: aggregate
                input: late
                keyBy: [origin]
                aggregates: {flights: count(), minutes: sum(delay), worst: max(delay)}
                emit: NONE
            sinks: [{name: out, type: file, input: late, path: fork-compare, format: json}]
            parallelism: 2
            checkpoints: {interval: PT0.2S}
            state: {backend: filesystem}
            """;

    /** What two branches come to that had read {@code $n} lines as one, and differ in. */
    private static final String PROGRAM = """
            [inputs] as $all
            | ($all[:$n] | map(select(.delay > 15))) as $before
            | def counts($t): $before + ($all[$n:] | map(select(.delay > $t))) | group_by(.origin)
                | map({key: .[0].origin,
                       value: {flights: length, minutes: (map(.delay) | add), worst: (map(.delay) | max)}})
                | from_entries;
              counts(30) as $from | counts(90) as $to
            | {changed: [$from | keys[] | select($to[.] != null and $to[.] != $from[.])] | length,
               removed: [$from | keys[] | select($to[.] == null)] | length,
               added: [$to | keys[] | select($from[.] == null)] | length}""";

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void eachBranchWritesWhatItAloneWouldHaveAndTheDiffIsWhatJqComputes() throws Exception {
        post(PIPELINE.formatted(5_000, 15));
        int forkPoint = readSome();
        jobs.done(JOB, "stop", "{\"mode\": \"CANCEL\"}");
        List<String> main = lines("fork-compare");

        branch("loose", forkPoint, 30);
        branch("strict", forkPoint, 90);
        int loose = finished("loose").getInt("head.number");
        int strict = finished("strict").getInt("head.number");

        long read = linesBefore(jobs.get(JOB, "/snapshots/" + forkPoint).getLong("sources[0].offset"));
        assertThat(read).isBetween(1L, 19_999L);
        assertThat(lines("fork-compare-loose")).containsExactlyInAnyOrderElementsOf(late(read, 30));
        assertThat(lines("fork-compare-strict")).containsExactlyInAnyOrderElementsOf(late(read, 90));
        assertThat(lines("fork-compare")).isEqualTo(main);
        JsonPath diff = given().spec(api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"from\": " + loose + ", \"to\": " + strict + "}")
                .post("/api/v1/jobs/" + JOB + "/diffs")
                .jsonPath();
        JsonNode counted = jq(read);
        assertThat(counted.path("changed").asInt()).isGreaterThan(10);
        for (String kind : List.of("changed", "removed", "added")) {
            assertThat(diff.getInt("counts." + kind))
                    .as("%s in %s", kind, diff.prettify())
                    .isEqualTo(counted.path(kind).asInt());
        }
        assertPromotedAndUndone(strict, main);
    }

    /** Promotion moves state: main's files are taken back or left by a start of main alone. */
    private JsonPath finished(String branch) {
        return jobs.await(JOB, branch, found -> found.getString("state").equals("FINISHED"), "FINISHED");
    }

    private void assertPromotedAndUndone(int strict, List<String> main) throws IOException {
        int before = jobs.get(JOB, "/branches/main").getInt("head.number");
        jobs.done(JOB, "promote", """
                {"branch": "strict", "expectedHead": "strict", "expectedMainHead": "main", "reason": "it is better"}""");
        assertThat(jobs.get(JOB, "/branches/main").getInt("head.number")).isEqualTo(strict);
        assertThat(jobs.get(JOB, "/pipeline").getInt("version"))
                .isEqualTo(jobs.get(JOB, "/pipeline?branch=strict").getInt("version"));
        jobs.done(JOB, "undo", "{\"reason\": \"it was not\"}");
        assertThat(jobs.get(JOB, "/branches/main").getInt("head.number")).isEqualTo(before);
        assertThat(lines("fork-compare")).isEqualTo(main);
    }

    private void post(String document) {
        given().spec(api())
                .contentType("application/yaml")
                .body(document.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/jobs?start=true")
                .then()
                .statusCode(201);
    }

    /** Waits until main has read some of the file, and returns the number of a version that says so. */
    private int readSome() {
        Instant deadline = Instant.now().plusSeconds(30);
        jobs.awaitState(JOB, "RUNNING");
        JsonPath version;
        do {
            assertThat(Instant.now()).isBefore(deadline);
            version = jobs.get(JOB, "/snapshots/" + jobs.snapshot(JOB));
        } while (version.getLong("sources[0].offset") < 200_000);
        return version.getInt("number");
    }

    private void branch(String name, int from, int minutes) {
        jobs.post(JOB, "branches", "{\"name\": \"" + name + "\", \"from\": " + from + "}")
                .statusCode(201);
        given().spec(api())
                .contentType("application/yaml")
                .body(PIPELINE.formatted(1_000_000, minutes).getBytes(StandardCharsets.UTF_8))
                .put("/api/v1/jobs/" + JOB + "/pipeline?branch=" + name)
                .then()
                .statusCode(200);
        jobs.done(JOB, "start?branch=" + name, """
                {"sinks": {"out": {"mode": "REDIRECT", "path": "fork-compare-%s"}}}""".formatted(name));
    }

    /** The late flights of the file behind what had been read, as a sink writes them. */
    private static List<String> late(long read, int minutes) throws IOException {
        try (Stream<String> lines = Files.lines(FLIGHTS)) {
            return lines.skip(read)
                    .map(line -> JsonMapper.shared().readTree(line))
                    .filter(flight -> flight.get("delay").asLong() > minutes)
                    .map(JsonNode::toString)
                    .toList();
        }
    }

    private static long linesBefore(long offset) throws IOException {
        byte[] all = Files.readAllBytes(FLIGHTS);
        long lines = 0;
        for (int i = 0; i < offset; i++) {
            lines += all[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static List<String> lines(String path) throws IOException {
        List<String> lines = new ArrayList<>();
        Path directory = DATA_DIRECTORY.resolve("files").resolve(path);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(any -> any.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file)
                        .forEach(line ->
                                lines.add(JsonMapper.shared().readTree(line).toString()));
            }
        }
        return lines;
    }

    private static JsonNode jq(long read) throws IOException, InterruptedException {
        Process jq;
        try {
            jq = new ProcessBuilder(
                            "jq", "-n", "-c", "--argjson", "n", Long.toString(read), PROGRAM, FLIGHTS.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            return abort("jq is not installed, so nothing else can say what differs: " + missing.getMessage());
        }
        String output = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jq.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jq.exitValue()).as(output).isZero();
        return JsonMapper.shared().readTree(output);
    }
}
