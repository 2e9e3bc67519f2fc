package io.strandline.retention.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits, the quarantine and the schedules of branches as a client meets them, on a store that nobody else works with. */
class GcApiTests {

    private static final List<String> SETTINGS = List.of(
            "--strandline.retention.tick=100ms",
            "--strandline.retention.confirm-above=1.0",
            "--strandline.gc.interval=0s");
    private static final String NOTHING_ELSE = "\"hourly\": null, \"daily\": null, \"kinds\": null";

    @TempDir
    static Path directory;

    private static OwnServer server;
    private static JobCalls jobs;

    @BeforeAll
    static void startServer() {
        server = OwnServer.on(directory, SETTINGS);
        jobs = server.jobs();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void auditsTheStoreAndFlagsWhatLacksAFile() throws IOException {
        jobs.run(JobCalls.sums("audited", "filesystem"));
        int version = jobs.snapshot("audited");
        jobs.done("audited", "stop", "{\"mode\": \"CANCEL\"}");
        JsonPath sound = collect("{\"mode\": \"AUDIT\"}");
        assertThat(sound.getString("result.outcome")).as(sound.prettify()).isEqualTo("DONE");
        assertThat(sound.getInt("result.audit.versions")).isPositive();
        assertThat(sound.getList("result.audit.findings")).isEmpty();
        Path file = file(layers("audited", version).get(0));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);

        JsonPath run = collect("{\"mode\": \"AUDIT\", \"reason\": \"something is amiss\"}");

        assertThat(run.getInt("result.audit.damagedVersions"))
                .as(run.prettify())
                .isEqualTo(1);
        assertThat(run.getString("result.audit.findings[0].kind")).isEqualTo("DAMAGED");
        assertThat(run.getString("result.audit.findings[0].file"))
                .endsWith(file.getFileName().toString());
        assertThat(run.getInt("result.audit.findings[0].number")).isEqualTo(version);
        assertThat(jobs.get("audited", "/snapshots/" + version).getString("condition"))
                .isEqualTo("DAMAGED");
        request()
                .get("/api/v1/gc/runs")
                .then()
                .statusCode(200)
                .body("items[0].mode", equalTo("AUDIT"))
                .body("items[0].audit.damagedVersions", equalTo(1));
        Files.write(file, bytes);
        jobs.done("audited", "snapshots/" + version + "/verify", "{\"level\": \"CHECKSUMS\"}");
        assertThat(collect("{\"mode\": \"AUDIT\"}").getInt("result.audit.damagedVersions"))
                .isZero();
    }

    @Test
    void listsTheQuarantineAndBringsAFileBack() {
        String kept = purgedLayer("thrown-away");

        List<String> quarantined = request()
                .get("/api/v1/gc/quarantine?limit=500")
                .then()
                .statusCode(200)
                .body("items[0].sizeBytes", notNullValue())
                .body("items[0].since", notNullValue())
                .extract()
                .path("items.file");
        assertThat(quarantined).contains(kept).isSorted();
        assertThat(file(kept)).doesNotExist();
        String cursor = request()
                .get("/api/v1/gc/quarantine?limit=1")
                .then()
                .body("items.file", contains(quarantined.get(0)))
                .extract()
                .path("nextCursor");
        assertThat(cursor == null).isEqualTo(quarantined.size() == 1);

        JsonPath back = post("/api/v1/gc/quarantine/" + kept + "/restore", "{\"reason\": \"looked at by hand\"}");

        assertThat(back.getString("result.file")).isEqualTo(kept);
        assertThat(back.getBoolean("result.intact")).isTrue();
        assertThat(file(kept)).exists();
        assertThat(file(kept))
                .satisfies(found -> assertThat(
                                Digest.ofBytes(Files.readAllBytes(found)).toString())
                        .isEqualTo(kept));
        for (String missing : List.of(kept, "sha256:" + "0".repeat(64), "nonsense")) {
            assertNotInQuarantine(missing);
        }
    }

    @Test
    void expiresVersionsOfABranchByItsOwnSchedule() {
        jobs.run(JobCalls.sums("scheduled", "filesystem"));
        int forkPoint = jobs.snapshot("scheduled");
        jobs.done("scheduled", "stop", "{\"mode\": \"CANCEL\"}");
        String policy = "/api/v1/jobs/scheduled/retention-policy";
        put(
                policy,
                "{\"keep\": {\"last\": 1, " + NOTHING_ELSE + "}, \"floor\": {\"minCount\": 1}, \"schedule\": \"P1D\"}");
        jobs.post("scheduled", "branches", "{\"name\": \"hasty\", \"from\": " + forkPoint + "}")
                .statusCode(201);
        for (String branch : List.of("main", "hasty")) {
            jobs.done("scheduled", "start?branch=" + branch, "{}");
            for (int i = 0; i < 3; i++) {
                jobs.done("scheduled", "snapshots", "{\"branch\": \"" + branch + "\"}");
            }
            jobs.done("scheduled", "stop?branch=" + branch, "{\"mode\": \"CANCEL\"}");
        }
        assertThat(versions("hasty")).hasSizeGreaterThanOrEqualTo(3);
        List<Integer> onMain = behind(forkPoint);

        put(policy + "?branch=hasty", "{\"schedule\": \"PT1S\"}");

        Instant deadline = Instant.now().plusSeconds(30);
        while (versions("hasty").size() > 1) {
            assertThat(Instant.now())
                    .as("versions of hasty: %s", versions("hasty"))
                    .isBefore(deadline);
            Thread.onSpinWait();
        }
        assertThat(behind(forkPoint)).as("its schedule is a day").hasSize(3).isEqualTo(onMain);
        request()
                .get(policy + "?branch=hasty&effective=true")
                .then()
                .body("schedule.value", equalTo("PT1S"))
                .body("schedule.setBy", equalTo("BRANCH"));
        request()
                .get(policy + "?branch=main&effective=true")
                .then()
                .body("schedule.value", equalTo("P1D"))
                .body("schedule.setBy", equalTo("JOB"));
    }

    /** A layer of a version that is purged, which the job's later version does without. */
    private static String purgedLayer(String job) {
        jobs.run(JobCalls.sums(job, "filesystem"));
        int first = jobs.snapshot(job);
        String layer = layers(job, first).get(0);
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
        jobs.done(job, "start", "{\"from\": \"EMPTY\"}");
        int second = jobs.snapshot(job);
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
        assertThat(layers(job, second)).doesNotContain(layer);
        request()
                .delete("/api/v1/jobs/" + job + "/snapshots/" + first + "?reason=test")
                .then()
                .statusCode(200);
        post("/api/v1/trash/purge", "{\"reason\": \"the disk is full\"}");
        return layer;
    }

    private static void assertNotInQuarantine(String missing) {
        request()
                .contentType("application/json")
                .post("/api/v1/gc/quarantine/" + missing + "/restore")
                .then()
                .statusCode(404)
                .body("code", equalTo("file-not-found"));
    }

    /** Versions of main that are not hasty's, too. */
    private static List<Integer> behind(int forkPoint) {
        return versions("main").stream().filter(number -> number > forkPoint).toList();
    }

    private static List<Integer> versions(String branch) {
        return jobs.get("scheduled", "/snapshots?limit=500&branch=" + branch).getList("items.number");
    }

    private static List<String> layers(String job, int version) {
        return jobs.get(job, "/snapshots/" + version + "/manifest").getList("layers.digest");
    }

    private static Path file(String digest) {
        return directory.resolve("store/blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private static JsonPath collect(String body) {
        return post("/api/v1/gc/runs", body);
    }

    /** A POST that became an operation, which has succeeded. */
    private static JsonPath post(String path, String body) {
        JsonPath operation = request()
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(body)
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(operation.getString("state")).as(operation.prettify()).isEqualTo("SUCCEEDED");
        return operation;
    }

    private static void put(String path, String policy) {
        request().contentType("application/json").body(policy).put(path).then().statusCode(200);
    }

    private static RequestSpecification request() {
        return given().spec(server.api());
    }
}
