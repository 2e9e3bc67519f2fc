package io.strandline.transfer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.Branch;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.state.InstanceState;
import io.strandline.transfer.ImportRequest;
import io.strandline.transfer.Imports;
import io.strandline.transfer.Received;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Versions carried from one server to another that has never heard of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferTests {

    private static final String TAR = "application/x-tar";

    private Path data;
    private Path dataHere;
    private OwnServer there;
    private OwnServer here;

    @BeforeAll
    void start(@TempDir Path directory) {
        data = directory.resolve("there");
        dataHere = directory.resolve("here");
        there = OwnServer.on(directory.resolve("there"));
        here = OwnServer.on(directory.resolve("here"), List.of("--strandline.transfer.largest-archive=8MB"));
        JobCalls jobs = there.jobs();
        for (String backend : List.of("rocksdb", "filesystem")) {
            jobs.run(JobCalls.sums("sums-" + backend, backend));
            jobs.snapshot("sums-" + backend);
            jobs.snapshot("sums-" + backend);
        }
    }

    @AfterAll
    void stop() {
        there.close();
        here.close();
    }

    @Test
    void aJobGoesOnElsewhereFromAnExportedVersion() {
        for (String backend : List.of("rocksdb", "filesystem")) {
            String job = "sums-" + backend;
            String digest = stateDigest(there, job, "latest");
            byte[] archive = export(job, "latest").asByteArray();

            JsonPath imported = taken(here, "copy-" + backend + "?create=true", archive);

            assertThat(imported.getString("type")).isEqualTo("import");
            assertThat(imported.getString("request.job")).isEqualTo("copy-" + backend);
            assertThat(imported.getList("stages.name")).containsExactly("receive", "store", "decode", "commit");
            assertThat(imported.getBoolean("result.head")).isTrue();
            assertThat(imported.getString("result.stateDigest")).isEqualTo(digest);
            int number = imported.getInt("result.snapshot.number");
            JsonPath version = here.jobs().get("copy-" + backend, "/snapshots/" + number);
            assertThat(version.getString("kind")).isEqualTo("IMPORTED");
            assertThat(version.getString("importedFrom"))
                    .isEqualTo(there.jobs().get(job, "/snapshots/latest").getString("manifestDigest"));
            assertThat(version.getString("stateDigest")).isEqualTo(digest);
            assertThat(stateDigest(here, "copy-" + backend, String.valueOf(number)))
                    .isEqualTo(digest);
            here.jobs().done("copy-" + backend, "start", "{}");
            int next = here.jobs().snapshot("copy-" + backend);
            JsonPath grown = here.jobs().get("copy-" + backend, "/snapshots/" + next);
            assertThat(grown.getString("parent")).isEqualTo(version.getString("id"));
            assertThat(offsets(grown)).isGreaterThan(offsets(version));
            here.jobs().done("copy-" + backend, "stop", "{\"mode\": \"CANCEL\"}");
        }
    }

    @Test
    void theSameVersionGivesTheSameBytes() {
        Response one = export("sums-rocksdb", "1");
        byte[] bytes = one.asByteArray();

        assertThat(export("sums-rocksdb", "1").asByteArray()).isEqualTo(bytes);
        assertThat(one.header("Content-Length")).isEqualTo(String.valueOf(bytes.length));
        assertThat(one.header("Content-Disposition")).contains("sums-rocksdb-1.tar");
        String tag = one.header("ETag");
        given().spec(there.api())
                .header("If-None-Match", tag)
                .get("/api/v1/jobs/sums-rocksdb/snapshots/1/export")
                .then()
                .statusCode(304);
        byte[] rest = given().spec(there.api())
                .header("Range", "bytes=600-")
                .get("/api/v1/jobs/sums-rocksdb/snapshots/1/export")
                .then()
                .statusCode(206)
                .extract()
                .asByteArray();
        assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 600, bytes.length));
    }

    @Test
    void anExportBreaksOffWhenAFileTurnsOutDamaged() throws IOException {
        there.jobs().run(JobCalls.sums("worn", "filesystem"));
        there.jobs().snapshot("worn");
        byte[] whole = export("worn", "1").asByteArray();
        String file = TarFile.read(whole).entries.stream()
                .reduce((one, other) -> other)
                .orElseThrow()
                .name();
        Path blob = data.resolve("store").resolve(file);
        byte[] content = Files.readAllBytes(blob);
        content[content.length / 2] ^= 4;
        Files.write(blob, content);

        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + there.port() + "/api/v1/jobs/worn/snapshots/1/export"))
                .build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
        assertThat(there.jobs().get("worn", "/snapshots/1").getString("condition"))
                .isEqualTo("DAMAGED");
    }

    @Test
    void importingTwiceStoresTheFilesOnceAndLeavesTheHead() {
        byte[] archive = export("sums-rocksdb", "1").asByteArray();
        taken(here, "twice?create=true", archive);

        JsonPath second = taken(here, "twice?description=again", archive);

        assertThat(second.getBoolean("result.head")).isFalse();
        assertThat(second.getLong("result.newBytes")).isZero();
        assertThat(second.getInt("result.pipelineVersion")).isEqualTo(1);
        int number = second.getInt("result.snapshot.number");
        assertThat(here.jobs().get("twice", "/branches/main").getInt("head.number"))
                .isEqualTo(1);
        JsonPath version = here.jobs().get("twice", "/snapshots/" + number);
        assertThat(version.getString("description")).isEqualTo("again");
        here.jobs().done("twice", "restore", "{\"to\": \"" + number + "\", \"mode\": \"REVERT\", \"reason\": \"try\"}");
        here.jobs().done("twice", "start", "{}");
        here.jobs().done("twice", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void aBranchForksFromAnImportedVersion() {
        byte[] archive = export("sums-rocksdb", "2").asByteArray();
        taken(here, "forked?create=true", archive);
        int imported = taken(here, "forked", archive).getInt("result.snapshot.number");

        JsonPath fork = here.jobs()
                .done(
                        "forked",
                        "branches",
                        "{\"name\": \"side\", \"from\": " + imported + ", \"start\": {\"backend\": \"filesystem\"}}");

        assertThat(fork.getInt("result.forkedFrom.snapshot.number")).isEqualTo(imported);
        int next = here.jobs()
                .done("forked", "snapshots", "{\"branch\": \"side\"}")
                .getInt("result.number");
        JsonPath grown = here.jobs().get("forked", "/snapshots/" + next);
        JsonPath version = here.jobs().get("forked", "/snapshots/" + imported);
        assertThat(grown.getString("parent")).isEqualTo(version.getString("id"));
        assertThat(offsets(grown)).isGreaterThan(offsets(version));
        here.jobs().done("forked", "stop?branch=side", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void rowsInFlightTravelWithTheirVersion() {
        String flow = JobCalls.sums("flow", "filesystem")
                .replace("\"keys\": 10, \"seed\": 7, \"rate\": 1000", "\"keys\": 50000, \"seed\": 7, \"count\": 600000")
                .replace("\"interval\": \"NONE\"", "\"interval\": \"PT0.02S\", \"unaligned\": true")
                .replace("\"sinks\"", "\"parallelism\": 3, \"sinks\"");
        there.jobs().run(flow);
        there.jobs().awaitState("flow", "FINISHED");
        byte[] archive = export("flow", versionWithRows("flow")).asByteArray();

        taken(here, "flow-on?create=true", archive);
        here.jobs().done("flow-on", "start", "{\"parallelism\": 2, \"backend\": \"rocksdb\"}");
        here.jobs().awaitState("flow-on", "FINISHED");

        assertThat(stateDigest(here, "flow-on", "main")).isEqualTo(stateDigest(there, "flow", "main"));
    }

    /** A version that barriers made which had overtaken rows. */
    private String versionWithRows(String job) {
        List<Integer> numbers = there.jobs().get(job, "/snapshots?limit=500").getList("items.number");
        return numbers.stream()
                .map(String::valueOf)
                .filter(number -> there.jobs()
                        .get(job, "/snapshots/" + number + "/manifest")
                        .getList("layers.mediaType")
                        .contains(InstanceState.InFlightRows.MEDIA_TYPE))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no barrier overtook a row in " + numbers.size() + " versions"));
    }

    @Test
    void refusesWhatCannotGoAnywhere() {
        byte[] archive = export("sums-rocksdb", "1").asByteArray();
        String other = JobCalls.sums("other", "rocksdb").replace("by-key", "per-key");
        here.jobs().submit(other).statusCode(201);

        take(here, "nowhere", archive).statusCode(404).body("code", equalTo("job-not-found"));
        take(here, "other?branch=side", archive).statusCode(404).body("code", equalTo("branch-not-found"));
        take(here, "other", archive)
                .statusCode(422)
                .body("code", equalTo("incompatible-state"))
                .body("detail", containsString("by-key"));
        take(here, "nowhere?create=true", new byte[9 << 20]).statusCode(413).body("code", equalTo("archive-too-large"));
        take(here, "nowhere?create=true", new byte[4096]).statusCode(422).body("code", equalTo("invalid-archive"));
        given().spec(here.api())
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/jobs/other/snapshots/import")
                .then()
                .statusCode(415);
        assertThat(here.jobs().get("other", "/snapshots").getList("items")).isEmpty();
    }

    @Test
    void theSameKeyTakesAnArchiveInOnce() {
        byte[] archive = export("sums-filesystem", "1").asByteArray();
        String first = keyed(archive).header("Location");

        Response again = keyed(archive);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first).startsWith("/api/v1/operations/");
        JsonPath operation = given().spec(here.api())
                .header("Prefer", "wait=30")
                .get(first)
                .then()
                .extract()
                .jsonPath();
        assertThat(operation.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(here.jobs().get("keyed", "/snapshots").getList("items")).hasSize(1);
        Response other = keyed(export("sums-filesystem", "2").asByteArray());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.jsonPath().getString("code")).isEqualTo("idempotency-key-reused");
        assertThat(here.jobs().get("keyed", "/snapshots").getList("items")).hasSize(1);
    }

    @Test
    void nothingStaysOfAnImportThatIsCancelledOrFailsWhereverThatIs() throws IOException {
        there.jobs().run(JobCalls.sums("brought", "filesystem").replace("\"seed\": 7", "\"seed\": 9"));
        there.jobs().snapshot("brought");
        there.jobs().done("brought", "stop", "{\"mode\": \"CANCEL\"}");
        byte[] archive = export("brought", "1").asByteArray();
        Set<Path> before = files();

        int steps = 0;
        for (RuntimeException end : List.of(
                new StrandlineException(ErrorCode.CANCELLED, "as the test wants"),
                new IllegalStateException("as the test wants"))) {
            String job = "broken-off-" + end.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            for (steps = 0; breaksOff(job, archive, steps, end); steps++) {
                assertThat(files()).as("files after step %d", steps).isEqualTo(before);
                given().spec(here.api()).get("/api/v1/jobs/" + job).then().statusCode(404);
            }
            before = files();
        }
        assertThat(steps).isGreaterThan(5);
    }

    /** Whether an import ended where its course did; else it went well. */
    private boolean breaksOff(String job, byte[] archive, int steps, RuntimeException end) {
        Imports imports = here.part(Imports.class);
        ImportRequest request = new ImportRequest(job, Branch.MAIN, true, null);
        Received received = imports.receive(request, new ByteArrayInputStream(archive));
        try {
            imports.land(received, new EndingCourse(steps, end));
            return false;
        } catch (StrandlineException | IllegalStateException broken) {
            assertThat(broken).hasMessageContaining(end.getMessage());
            return true;
        }
    }

    /** What lies in the store's directories. */
    private Set<Path> files() throws IOException {
        Set<Path> all = new TreeSet<>();
        for (String part : List.of("staging", "blobs", "manifests")) {
            try (Stream<Path> files = Files.walk(dataHere.resolve("store").resolve(part))) {
                files.filter(Files::isRegularFile).forEach(all::add);
            }
        }
        return all;
    }

    private Response keyed(byte[] archive) {
        return given().spec(here.api())
                .contentType(TAR)
                .header("Idempotency-Key", "archive-1")
                .body(archive)
                .post("/api/v1/jobs/keyed/snapshots/import?create=true");
    }

    private Response export(String job, String revision) {
        return given().spec(there.api())
                .get("/api/v1/jobs/{job}/snapshots/{rev}/export", job, revision)
                .then()
                .statusCode(200)
                .contentType(TAR)
                .extract()
                .response();
    }

    private static ValidatableResponse take(OwnServer server, String jobAndQuery, byte[] archive) {
        String[] parts = jobAndQuery.split("\\?", 2);
        String query = parts.length == 2 ? "?" + parts[1] : "";
        return given().spec(server.api())
                .contentType(TAR)
                .header("Prefer", "wait=30")
                .body(archive)
                .post("/api/v1/jobs/" + parts[0] + "/snapshots/import" + query)
                .then();
    }

    /** An import that succeeded. */
    private static JsonPath taken(OwnServer server, String jobAndQuery, byte[] archive) {
        JsonPath operation =
                take(server, jobAndQuery, archive).statusCode(200).extract().jsonPath();
        assertThat(operation.getString("state")).as(operation.prettify()).isEqualTo("SUCCEEDED");
        return operation;
    }

    private static String stateDigest(OwnServer server, String job, String revision) {
        JsonPath verified = server.jobs().done(job, "snapshots/" + revision + "/verify", "{\"level\": \"CONTENT\"}");
        return verified.getString("result.stateDigest");
    }

    private static long offsets(JsonPath version) {
        Map<String, Long> offsets = new TreeMap<>();
        List<Map<String, Object>> positions = version.getList("sources");
        positions.forEach(position ->
                offsets.put(String.valueOf(position.get("split")), ((Number) position.get("offset")).longValue()));
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
