package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of states and pages of entries, of versions. */
class StateApiTests extends ServerTests {

    private static final String ROUTES = """
            name: %s
            sources:
              - name: departures
                type: file
                path: %s.ndjson
                format: json
                schema: {origin: string, dest: string, delay: long}
            operators:
              - name: by-route
                type: aggregate
                input: departures
                keyBy: [origin, dest]
                aggregates: {flights: count(), mean: avg(delay)}
            sinks: [{name: nowhere, type: discard, input: by-route}]
            state: {backend: %s}
            """;

    private static final String LIVE = """
            name: state-live
            sources:
              - name: departures
                type: file
                path: state-live.ndjson
                format: json
                schema: {date: "timestamp(yyyy-MM-dd HH:mm)", origin: string, dest: string}
                eventTime: {field: date, maxOutOfOrderness: P7D}
                onEnd: FOLLOW
            operators:
              - name: totals
                type: aggregate
                input: departures
                keyBy: [origin]
                aggregates: {flights: count()}
              - name: daily
                type: window
                input: departures
                keyBy: [origin]
                window: {type: TUMBLING, size: P1D}
                aggregates: {flights: count()}
            sinks:
              - {name: nowhere, type: discard, input: totals}
              - {name: gone, type: discard, input: daily}
            parallelism: 2
            checkpoints: {interval: NONE}
            """;

    private static final List<String> AIRPORTS = List.of("ATL", "DFW", "DEN", "ORD", "SFO", "DTW");

    @Test
    void listsStatesWithTheirColumnsAndSizes() throws IOException {
        runRoutes("state-list", "filesystem");

        state("state-list", "latest", Map.of())
                .statusCode(200)
                .body("snapshot.number", greaterThan(0))
                .body("maxParallelism", equalTo(128))
                .body("ageMillis", nullValue())
                .body("states", hasSize(1))
                .body("states[0].operator", equalTo("by-route"))
                .body("states[0].state", equalTo("aggregates"))
                .body("states[0].form", equalTo("KEYED"))
                .body("states[0].windowed", equalTo(false))
                .body("states[0].key.name", contains("origin", "dest"))
                .body("states[0].key.type", contains("string", "string"))
                .body("states[0].value.name", contains("flights", "mean"))
                .body("states[0].entriesAtMost", greaterThanOrEqualTo(30))
                .body("states[0].bytes", greaterThan(0))
                .body("states[0]", not(hasKey("entries")))
                .body("states[0]", not(hasKey("keyGroups")));
        JsonPath counted = state("state-list", "latest", Map.of("counted", true))
                .statusCode(200)
                .body("states[0].entries", equalTo(30))
                .extract()
                .jsonPath();
        assertThat(counted.getList("states[0].keyGroups.entries", Integer.class))
                .allMatch(entries -> entries > 0)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(30));
    }

    @Test
    void pagesThroughAllKeysInOrder() throws IOException {
        for (String backend : List.of("filesystem", "rocksdb", "memory")) {
            String job = "state-pages-" + backend;
            runRoutes(job, backend);

            List<Object> all = keys(job, null, 7);
            assertThat(all)
                    .containsExactlyElementsOf(AIRPORTS.stream()
                            .sorted()
                            .flatMap(origin -> AIRPORTS.stream()
                                    .sorted()
                                    .filter(dest -> !dest.equals(origin))
                                    .map(dest -> (Object) List.of(origin, dest)))
                            .toList());
            assertThat(keys(job, null, 500)).isEqualTo(all);
        }
    }

    @Test
    void narrowsPagesByAPrefix() throws IOException {
        runRoutes("state-prefix", "filesystem");

        assertThat(keys("state-prefix", "D", 2))
                .hasSize(15)
                .allMatch(key -> key.toString().startsWith("[D"));
        assertThat(keys("state-prefix", "[\"DFW\"]", 2)).hasSize(5);
        assertThat(keys("state-prefix", "[\"DFW\", \"ORD\"]", 2)).containsExactly(List.of("DFW", "ORD"));
        assertThat(keys("state-prefix", "X", 2)).isEmpty();
        page("state-prefix", Map.of("prefix", "[1]")).statusCode(422).body("code", equalTo("invalid-key"));
        page("state-prefix", Map.of("prefix", "[\"a\", \"b\", \"c\"]"))
                .statusCode(422)
                .body("code", equalTo("invalid-key"));
        page("state-prefix", Map.of("prefix", "D", "key", "[\"DFW\", \"ORD\"]"))
                .statusCode(422)
                .body("code", equalTo("contradictory-request"));
    }

    @Test
    void refusesCursorsOfOtherListsAndForgedOnes() throws IOException {
        runRoutes("state-cursor", "filesystem");
        String cursor = page("state-cursor", Map.of("limit", 2))
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].value", hasKey("flights"))
                .extract()
                .jsonPath()
                .getString("nextCursor");

        page("state-cursor", Map.of("cursor", cursor, "prefix", "D"))
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        page("state-cursor", Map.of("cursor", cursor.substring(1)))
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        page("state-cursor", Map.of("cursor", "")).statusCode(400);
        page("state-cursor", Map.of("limit", 501)).statusCode(400).body("code", equalTo("invalid-parameter"));
    }

    @Test
    void looksIntoARunningJobWithoutAVersion() throws IOException {
        Path input = DATA_DIRECTORY.resolve("files/state-live.ndjson");
        Files.writeString(input, """
                {"date": "2026-08-01 10:00", "origin": "DFW", "dest": "ORD"}
                {"date": "2026-08-01 11:00", "origin": "DFW", "dest": "ATL"}
                {"date": "2026-08-02 10:00", "origin": "DFW", "dest": "ORD"}
                """);
        submit(LIVE);
        JobCalls calls = new JobCalls(this::api);
        calls.awaitState("state-live", "RUNNING");
        awaitLive("totals/aggregates", "DFW", "value.flights", 3);

        looksKeysUp();
        refusesWhatTheRunningJobDoesNotHave();
        given().spec(api())
                .header("Prefer", "wait=30")
                .post("/api/v1/jobs/state-live/snapshots")
                .then()
                .statusCode(200);
        listsTheNewestVersion();

        calls.done("state-live", "stop", "{\"mode\": \"CANCEL\"}");
        live("totals/aggregates", Map.of("key", "DFW")).statusCode(409).body("code", equalTo("not-running"));
        given().spec(api())
                .queryParam("branch", "none")
                .get("/api/v1/jobs/state-live/state")
                .then()
                .statusCode(404)
                .body("code", equalTo("branch-not-found"));
    }

    private void looksKeysUp() {
        live("totals/aggregates", Map.of("key", "DFW"))
                .statusCode(200)
                .body("operator", equalTo("totals"))
                .body("key", equalTo("DFW"))
                .body("at", containsString("Z"))
                .body("$", not(hasKey("snapshot")));
        awaitLive("daily/panes", "DFW", "entries[0].value.flights", 2);
        live("daily/panes", Map.of("key", "DFW"))
                .body("entries.window", contains("2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z"))
                .body("entries.value.flights", contains(2, 1));
        live("daily/timers", Map.of("key", "DFW"))
                .statusCode(200)
                .body("entries.window", contains("2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z"));
    }

    private void refusesWhatTheRunningJobDoesNotHave() {
        live("totals/aggregates", Map.of("key", "ZRH")).statusCode(404).body("code", equalTo("key-not-found"));
        live("total/aggregates", Map.of("key", "DFW"))
                .statusCode(404)
                .body("code", equalTo("operator-not-found"))
                .body("detail", containsString("daily, totals"));
        live("totals/sums", Map.of("key", "DFW")).statusCode(404).body("code", equalTo("state-not-found"));
        live("totals/aggregates", Map.of()).statusCode(404).body("code", equalTo("snapshot-not-found"));
    }

    private void listsTheNewestVersion() {
        live("totals/aggregates", Map.of())
                .statusCode(200)
                .body("snapshot.number", greaterThan(0))
                .body("ageMillis", greaterThanOrEqualTo(0))
                .body("items.key", contains("DFW"));
        given().spec(api())
                .get("/api/v1/jobs/state-live/state")
                .then()
                .statusCode(200)
                .body("ageMillis", greaterThanOrEqualTo(0))
                .body("states.operator", hasSize(3));
    }

    private void awaitLive(String state, String key, String path, int expected) {
        long deadline = System.currentTimeMillis() + 60_000;
        ValidatableResponse answer = live(state, Map.of("key", key));
        while (!Integer.valueOf(expected).equals(answer.extract().path(path))) {
            assertThat(System.currentTimeMillis())
                    .as(answer.extract().asString())
                    .isLessThan(deadline);
            answer = live(state, Map.of("key", key));
        }
    }

    private ValidatableResponse live(String state, Map<String, ?> query) {
        return given().spec(api())
                .queryParams(query)
                .get("/api/v1/jobs/state-live/state/" + state)
                .then();
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        runRoutes("state-missing", "filesystem");

        given().spec(api())
                .get("/api/v1/jobs/state-missing/snapshots/latest/state/by-root/aggregates")
                .then()
                .statusCode(404)
                .body("code", equalTo("operator-not-found"))
                .body("detail", containsString("by-route"));
        given().spec(api())
                .get("/api/v1/jobs/state-missing/snapshots/latest/state/by-route/totals")
                .then()
                .statusCode(404)
                .body("code", equalTo("state-not-found"));
        state("state-missing", "99999", Map.of()).statusCode(404).body("code", equalTo("snapshot-not-found"));
    }

    private List<Object> keys(String job, @Nullable String prefix, int limit) {
        List<Object> keys = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Map<String, Object> query = new java.util.HashMap<>(Map.of("limit", limit));
            if (prefix != null) {
                query.put("prefix", prefix);
            }
            if (cursor != null) {
                query.put("cursor", cursor);
            }
            JsonPath page = page(job, query).statusCode(200).extract().jsonPath();
            keys.addAll(page.getList("items.key"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return keys;
    }

    private ValidatableResponse page(String job, Map<String, ?> query) {
        return given().spec(api())
                .queryParams(query)
                .get("/api/v1/jobs/{job}/snapshots/latest/state/by-route/aggregates", job)
                .then();
    }

    private ValidatableResponse state(String job, String rev, Map<String, ?> query) {
        return given().spec(api())
                .queryParams(query)
                .get("/api/v1/jobs/{job}/snapshots/{rev}/state", job, rev)
                .then();
    }

    private void runRoutes(String job, String backend) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String origin : AIRPORTS) {
            for (String dest : AIRPORTS) {
                if (!origin.equals(dest)) {
                    IntStream.range(0, 3)
                            .forEach(delay -> lines.append("{\"origin\": \"%s\", \"dest\": \"%s\", \"delay\": %d}%n"
                                    .formatted(origin, dest, delay)));
                }
            }
        }
        Files.writeString(DATA_DIRECTORY.resolve("files/" + job + ".ndjson"), lines);
        submit(ROUTES.formatted(job, job, backend));
        new JobCalls(this::api).awaitState(job, "FINISHED");
    }

    private void submit(String document) {
        given().spec(api())
                .contentType("application/yaml")
                .body(document.getBytes(StandardCharsets.UTF_8))
                .queryParam("start", true)
                .post("/api/v1/jobs")
                .then()
                .statusCode(201);
    }
}
