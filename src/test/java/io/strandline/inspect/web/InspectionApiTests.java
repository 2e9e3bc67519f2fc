package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionApiTests extends ServerTests {

    private static final int PARTITIONS = 2;
    private static final int RECORDS = 500;
    private static final int KEYS = 10;
    private static final long MAX_WAIT_MILLIS = 60_000;

    private static final String NUMBERS = """
            name: %s
            sources:
              - {name: numbers, type: sequence, partitions: %d, count: %d, keys: %d, seed: %d}
            operators:
              - name: per-key
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {records: count(), mean: avg(value)}
            sinks: [{name: nowhere, type: discard, input: per-key}]
            state: {backend: %s}
            """;

    private static final String WINDOWS = """
            name: inspect-windows
            sources:
              - name: departures
                type: file
                path: inspect-windows.ndjson
                format: json
                schema: {date: "timestamp(yyyy-MM-dd HH:mm)", origin: string}
                eventTime: {field: date, maxOutOfOrderness: P7D}
                onEnd: FOLLOW
            operators:
              - name: daily
                type: window
                input: departures
                keyBy: [origin]
                window: {type: TUMBLING, size: P1D}
                aggregates: {flights: count()}
            sinks: [{name: nowhere, type: discard, input: daily}]
            state: {backend: filesystem}
            """;

    @Test
    void looksEveryKeyUp() {
        runToItsEnd("inspect-keys", "filesystem");
        long counted = 0;
        for (int key = 0; key < KEYS; key++) {
            ExtractableResponse<Response> answer = lookup("inspect-keys", "latest", "per-key", "aggregates", key)
                    .statusCode(200)
                    .body("key", equalTo(key))
                    .body("operator", equalTo("per-key"))
                    .body("snapshot.number", equalTo(newest("inspect-keys")))
                    .body("entries", nullValue())
                    .extract();
            counted += answer.jsonPath().getLong("value.records");
            assertThat(answer.jsonPath().getMap("value")).containsOnlyKeys("records", "mean");
        }

        assertThat(counted).isEqualTo((long) PARTITIONS * RECORDS);
    }

    @Test
    void showsAValueForEachWindow() throws IOException {
        Files.writeString(DATA_DIRECTORY.resolve("files/inspect-windows.ndjson"), """
                {"date": "2026-08-01 10:00", "origin": "DFW"}
                {"date": "2026-08-01 11:00", "origin": "DFW"}
                {"date": "2026-08-02 10:00", "origin": "DFW"}
                """);
        submit(WINDOWS);
        ValidatableResponse answer = lookup("inspect-windows", "latest", "daily", "panes", "DFW");
        long deadline = System.currentTimeMillis() + MAX_WAIT_MILLIS;
        while (!answer.extract().asString().contains("2026-08-02T00:00:00Z")) {
            assertThat(System.currentTimeMillis()).isLessThan(deadline);
            given().spec(api()).header("Prefer", "wait=30").post("/api/v1/jobs/inspect-windows/snapshots");
            answer = lookup("inspect-windows", "latest", "daily", "panes", "DFW");
        }

        answer.body("key", equalTo("DFW"))
                .body("value", nullValue())
                .body("entries.window", contains("2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z"))
                .body("entries.value.flights", contains(2, 1));
        lookup("inspect-windows", "latest", "daily", "timers", "DFW")
                .statusCode(200)
                .body("entries.window", contains("2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z"))
                .body("entries[0].value.time", startsWith("2026-08-0"));
        given().spec(api())
                .contentType("application/json")
                .body("{\"mode\": \"CANCEL\"}")
                .header("Prefer", "wait=30")
                .post("/api/v1/jobs/inspect-windows/stop")
                .then()
                .statusCode(200);
    }

    @Test
    void saysWhatIsNotThere() {
        runToItsEnd("inspect-nothing", "filesystem");

        lookup("inspect-nothing", "latest", "per-kee", "aggregates", 1)
                .statusCode(404)
                .body("code", equalTo("operator-not-found"))
                .body("detail", containsString("per-key"));
        lookup("inspect-nothing", "latest", "per-key", "totals", 1)
                .statusCode(404)
                .body("code", equalTo("state-not-found"))
                .body("detail", containsString("aggregates"));
        lookup("inspect-nothing", "latest", "per-key", "aggregates", 99)
                .statusCode(404)
                .body("code", equalTo("key-not-found"));
        lookup("inspect-nothing", "latest", "per-key", "aggregates", "x")
                .statusCode(422)
                .body("code", equalTo("invalid-key"))
                .body("errors[0].pointer", equalTo("key"));
        lookup("inspect-nothing", "99999", "per-key", "aggregates", 1)
                .statusCode(404)
                .body("code", equalTo("snapshot-not-found"));
        lookup("no-such-job", "latest", "per-key", "aggregates", 1)
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
    }

    @Test
    void givesTheManifestByteForByte() {
        runToItsEnd("inspect-manifest", "filesystem");
        ExtractableResponse<Response> answer = given().spec(api())
                .get("/api/v1/jobs/inspect-manifest/snapshots/latest/manifest")
                .then()
                .statusCode(200)
                .contentType("application/vnd.oci.image.manifest.v1+json")
                .extract();
        String committed = version("inspect-manifest").jsonPath().getString("manifestDigest");

        assertThat(Digest.ofBytes(answer.asByteArray()).toString()).isEqualTo(committed);
        assertThat(answer.header("Docker-Content-Digest")).isEqualTo(committed);
        assertThat(answer.header("ETag")).isEqualTo("\"" + committed + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "filesystem,CATALOG",
        "filesystem,PRESENCE",
        "filesystem,CONTENT",
        "rocksdb,CONTENT",
        "memory,CONTENT",
        "filesystem,REHEARSAL",
        "rocksdb,REHEARSAL",
        "memory,REHEARSAL"
    })
    void findsAVersionIntact(String backend, String level) {
        String job = "inspect-intact-" + backend + "-" + level.toLowerCase(Locale.ROOT);
        runToItsEnd(job, backend);

        verify(job, "{\"level\": \"" + level + "\"}")
                .body("state", equalTo("SUCCEEDED"))
                .body("result.outcome", equalTo("INTACT"))
                .body("result.condition", equalTo("OK"))
                .body("result.findings", empty())
                .body(
                        "result.stateDigest",
                        List.of("CONTENT", "REHEARSAL").contains(level) ? startsWith("sha256:") : nullValue());
        assertThat(version(job).jsonPath().getString("verification.level")).isEqualTo(level);
    }

    @Test
    void findsTheSameStateDigestWhateverBackendWroteIt() {
        for (String backend : List.of("filesystem", "rocksdb", "memory")) {
            runToItsEnd("inspect-digest-" + backend, backend);
            verify("inspect-digest-" + backend, "{\"level\": \"CONTENT\"}");
        }

        assertThat(stateDigest("inspect-digest-rocksdb")).isEqualTo(stateDigest("inspect-digest-filesystem"));
        assertThat(stateDigest("inspect-digest-memory")).isEqualTo(stateDigest("inspect-digest-filesystem"));
    }

    @Test
    void namesADamagedFileAndFlagsEveryVersionThatNeedsIt() throws IOException {
        runToItsEnd("inspect-damage", "filesystem", 4711);
        runToItsEnd("inspect-damage-too", "filesystem", 4711);
        String digest = given().spec(api())
                .get("/api/v1/jobs/inspect-damage/snapshots/latest/manifest")
                .then()
                .extract()
                .jsonPath()
                .getString("layers[0].digest");
        Path file = DATA_DIRECTORY.resolve("store/blobs/sha256").resolve(digest.substring("sha256:".length()));
        flipAByteOf(file);

        verify("inspect-damage", "")
                .body("state", equalTo("SUCCEEDED"))
                .body("result.outcome", equalTo("DAMAGED"))
                .body("result.condition", equalTo("DAMAGED"))
                .body("result.findings[0].file", equalTo("blobs/sha256/" + file.getFileName()))
                .body("result.findings[0].digest", equalTo(digest))
                .body("result.findings[0].fault", equalTo("CHECKSUM"))
                .body("result.findings[0].usedBy", equalTo("per-key/aggregates"))
                .body("result.affected.job", hasItem("inspect-damage-too"))
                .body("result.branches.job", hasItems("inspect-damage", "inspect-damage-too"));
        assertThat(condition("inspect-damage")).isEqualTo("DAMAGED");
        assertThat(condition("inspect-damage-too")).isEqualTo("DAMAGED");
        lookup("inspect-damage", "latest", "per-key", "aggregates", 1)
                .statusCode(409)
                .body("code", equalTo("damaged"))
                .body("detail", containsString(digest));

        flipAByteOf(file);
        verify("inspect-damage", "{\"level\": \"PRESENCE\"}").body("result.condition", equalTo("DAMAGED"));
        verify("inspect-damage", "{\"level\": \"CHECKSUMS\"}").body("result.condition", equalTo("OK"));
    }

    @Test
    void refusesALevelThatIsNone() {
        runToItsEnd("inspect-level", "filesystem");

        given().spec(api())
                .contentType("application/json")
                .body("{\"level\": \"REHEARSE\"}")
                .post("/api/v1/jobs/inspect-level/snapshots/latest/verify")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-body"));
    }

    private static void flipAByteOf(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private void runToItsEnd(String job, String backend) {
        runToItsEnd(job, backend, 7);
    }

    private void runToItsEnd(String job, String backend, int seed) {
        submit(NUMBERS.formatted(job, PARTITIONS, RECORDS, KEYS, seed, backend));
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

    private ValidatableResponse verify(String job, String body) {
        return given().spec(api())
                .header("Prefer", "wait=60")
                .contentType("application/json")
                .body(body)
                .post("/api/v1/jobs/" + job + "/snapshots/latest/verify")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse lookup(String job, String rev, String operator, String state, Object key) {
        return given().spec(api())
                .queryParam("key", key)
                .get("/api/v1/jobs/{job}/snapshots/{rev}/state/{operator}/{state}", job, rev, operator, state)
                .then();
    }

    private ExtractableResponse<Response> version(String job) {
        return given().spec(api())
                .get("/api/v1/jobs/" + job + "/snapshots/latest")
                .then()
                .statusCode(200)
                .extract();
    }

    private String condition(String job) {
        return version(job).jsonPath().getString("condition");
    }

    private int newest(String job) {
        return version(job).jsonPath().getInt("number");
    }

    private String stateDigest(String job) {
        return version(job).jsonPath().getString("stateDigest");
    }
}
