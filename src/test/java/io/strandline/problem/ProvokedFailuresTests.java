package io.strandline.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.journal.Journal;
import io.strandline.runner.CheckpointOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Provokes problems that need a server whose disk, clock, journal or engine fails it. */
@TestMethodOrder(OrderAnnotation.class)
class ProvokedFailuresTests {

    private static final String JOB = "failing";

    @TempDir
    static Path directory;

    private static OwnServer server;
    private static JobCalls jobs;
    private static PlantedOutcomes outcomes;

    @BeforeAll
    static void startServer() {
        server = OwnServer.on(directory, List.of("--strandline.retention.schedule=PT24H"), PlantedOutcomes.class);
        jobs = server.jobs();
        outcomes = server.part(PlantedOutcomes.class);
        jobs.run(JobCalls.sums(JOB, "filesystem"));
        jobs.snapshot(JOB);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void letTheRunnerAnswerAgain() {
        outcomes.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"FENCED", "ENGINE_FAILED", "INSTANCE_ENDED", "STORAGE_FULL"})
    void tellsWhatTheEngineSaysOfAnAttempt(ErrorCode code) {
        outcomes.fail(code);

        assertThat(failedSnapshot("{}")).isEqualTo(code.wireName());
    }

    @Test
    void tellsThatNoAttemptWasMade() {
        outcomes.plant(CompletableFuture.completedFuture(new CheckpointOutcome.Declined("ending")));

        assertThat(failedSnapshot("{}")).isEqualTo("checkpoint-aborted");
    }

    @Test
    void tellsThatNobodyKnowsWhetherTheVersionWasCommitted() {
        outcomes.plant(CompletableFuture.completedFuture(new CheckpointOutcome.Unknown(4711, "planted")));

        assertThat(failedSnapshot("{}")).isEqualTo("commit-unknown");
    }

    @Test
    void givesAnAttemptUpThatTakesTooLong() {
        assertThat(failedSnapshot("{\"timeout\": \"PT0.000001S\"}")).isEqualTo("checkpoint-timeout");
    }

    @Test
    void refusesAThirdRequestWhileTwoWait() {
        CompletableFuture<CheckpointOutcome> never = new CompletableFuture<>();
        outcomes.plant(never);
        jobs.post(JOB, "snapshots", "{}").statusCode(202);
        jobs.post(JOB, "snapshots", "{}").statusCode(202);

        jobs.post(JOB, "snapshots", "{}").statusCode(429).body("code", equalTo("snapshot-queue-full"));

        never.complete(new CheckpointOutcome.Declined("ending"));
    }

    @Test
    void refusesAKeyWhoseFirstRequestIsStillRunning() {
        CompletableFuture<CheckpointOutcome> slow = new CompletableFuture<>();
        outcomes.plant(slow);
        List<CompletableFuture<Response>> both = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> withKey("the-same")))
                .limit(2)
                .toList();

        Response refused = CompletableFuture.anyOf(both.toArray(CompletableFuture[]::new))
                .thenApply(Response.class::cast)
                .join();

        refused.then().statusCode(409).body("code", equalTo("idempotency-key-in-use"));
        slow.complete(new CheckpointOutcome.Declined("ending"));
        assertThat(both)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isLessThan(500));
    }

    @Test
    void doubtsAClockThatWentBack() {
        String plan = given().spec(server.api())
                .contentType("application/json")
                .body("{\"jobs\": [\"" + JOB + "\"]}")
                .post("/api/v1/retention-plans")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        outcomes.shiftClock(Duration.ofDays(-3));
        try {
            given().spec(server.api())
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/v1/retention-plans/" + plan + "/apply")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("clock-suspect"));
        } finally {
            outcomes.shiftClock(Duration.ZERO);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 4)
    void failsAttemptsWhoseFilesCannotBeWritten() throws IOException {
        Path staging = directory.resolve("store/staging");
        try (Displaced gone = new Displaced(staging)) {
            assertThat(failedSnapshot("{}")).as("without %s", gone).isEqualTo("write-failed");
            jobs.run(JobCalls.sums("intolerant", "filesystem")
                    .replace("\"interval\": \"NONE\"", "\"interval\": \"PT0.05S\", \"tolerableFailures\": 0")
                    .replace("\"state\":", "\"restart\": {\"strategy\": \"NONE\"}, \"state\":"));
            assertThat(jobs.awaitState("intolerant", "FAILED").getString("problem.code"))
                    .isEqualTo("too-many-failed-checkpoints");
        }
        jobs.snapshot(JOB);
    }

    @Test
    @Order(Integer.MAX_VALUE - 3)
    void refusesVersionsWhoseManifestCannotBeWritten() throws IOException {
        String id = jobs.get(JOB, "").getString("id");
        try (Displaced gone = new Displaced(directory.resolve("store/manifests").resolve(id))) {
            assertThat(failedSnapshot("{}")).as("without %s", gone).isEqualTo("commit-refused");
        }
        jobs.snapshot(JOB);
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void saysThatTheStoreCannotBeRead() throws IOException {
        try (Displaced gone = new Displaced(directory.resolve("store/quarantine"))) {
            given().spec(server.api())
                    .get("/api/v1/gc/quarantine")
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("storage-unavailable"));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void deletesNothingAnyMoreOnceAManifestCannotBeRead() throws IOException {
        int trashed = jobs.snapshot(JOB);
        int broken = jobs.snapshot(JOB);
        int newest = jobs.snapshot(JOB);
        given().spec(server.api())
                .delete("/api/v1/jobs/" + JOB + "/snapshots/" + trashed)
                .then()
                .statusCode(200);
        Files.writeString(manifest(broken), "{");

        JsonPath refused = purge();
        assertThat(refused.getString("problem.code")).isEqualTo("circuit-open");
        assertThat(refused.getString("problem.detail"))
                .contains("is not valid JSON")
                .doesNotContain("Source:");
        assertThat(purge().getString("code")).as("the next is refused at once").isEqualTo("circuit-open");

        Files.delete(manifest(newest));
        given().spec(server.api())
                .get("/api/v1/jobs/" + JOB + "/snapshots/" + newest + "/manifest")
                .then()
                .statusCode(409)
                .body("code", equalTo("snapshot-lost"));
    }

    /** The last, for nothing works behind it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void saysThatJournalOrCatalogAreOutOfOrder() throws Exception {
        server.part(Journal.class).close();
        jobs.submit(JobCalls.sums("too-late", "filesystem")).statusCode(503).body("code", equalTo("read-only"));

        server.part(DataSource.class).unwrap(AutoCloseable.class).close();
        given().spec(server.api())
                .get("/api/v1/jobs")
                .then()
                .statusCode(503)
                .body("code", equalTo("catalog-unavailable"));
    }

    private static Path manifest(int version) {
        return directory
                .resolve("store/manifests")
                .resolve(jobs.get(JOB, "").getString("id"))
                .resolve(version + ".json");
    }

    private static JsonPath purge() {
        return given().spec(server.api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"skipQuarantine\": true, \"reason\": \"test\"}")
                .post("/api/v1/trash/purge")
                .jsonPath();
    }

    private static String failedSnapshot(String body) {
        JsonPath operation = jobs.operation(JOB, "snapshots", body);
        assertThat(operation.getString("state")).as(operation.prettify()).isEqualTo("FAILED");
        return operation.getString("problem.code");
    }

    private static Response withKey(String key) {
        return given().spec(server.api())
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=30")
                .body("{}")
                .post("/api/v1/jobs/" + JOB + "/snapshots");
    }

    /** A directory that is away, with a file in its place, until this is closed. */
    private record Displaced(Path place, Path aside) implements AutoCloseable {

        Displaced(Path place) throws IOException {
            this(place, place.resolveSibling(place.getFileName() + ".aside"));
            Files.move(place, aside);
            Files.writeString(place, "in the way");
        }

        @Override
        public void close() throws IOException {
            Files.delete(place);
            Files.move(aside, place);
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }
}
