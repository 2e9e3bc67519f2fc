package io.strandline.job.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void submitsAJobAndShowsIt() {
        jobs.submit(JobCalls.sums("job-submit", "filesystem"))
                .statusCode(201)
                .header("Location", "/api/v1/jobs/job-submit")
                .header("ETag", notNullValue())
                .body("name", equalTo("job-submit"))
                .body("state", equalTo("STOPPED"))
                .body("desired", equalTo("STOPPED"))
                .body("head", nullValue())
                .body("instance", nullValue())
                .body("pipelineVersion", equalTo(1))
                .body("$", not(hasItem("operationId")));
        given().spec(api()).get("/api/v1/jobs").then().statusCode(200).body("items.name", hasItem("job-submit"));
    }

    @Test
    void takesYaml() {
        given().spec(api())
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .contentType("application/yaml")
                .body("""
                        name: job-yaml
                        sources:
                          - {name: numbers, type: sequence, partitions: 1, count: 10, keys: 2, seed: 1}
                        sinks: []
                        """)
                .post("/api/v1/jobs")
                .then()
                .statusCode(201)
                .body("name", equalTo("job-yaml"));
    }

    @Test
    void refusesANameThatIsTaken() {
        jobs.submit(JobCalls.sums("job-twice", "filesystem")).statusCode(201);

        jobs.submit(JobCalls.sums("job-twice", "filesystem"))
                .statusCode(409)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo("job-exists"));
    }

    @Test
    void refusesABrokenDocumentWithAPointerForEachMistake() {
        jobs.submit(
                        "{\"name\": \"job-broken\", \"sources\": [{\"name\": \"s\", \"type\": \"sequense\"}], \"sinks\": []}")
                .statusCode(422)
                .body("code", equalTo("invalid-pipeline"))
                .body("errors.pointer", hasItem("/sources/0/type"));
        given().spec(api()).get("/api/v1/jobs/job-broken").then().statusCode(404);
    }

    @Test
    void refusesAStartThatWouldTakeBackWhatAnotherJobHasShown() throws IOException {
        jobs.run(writing("job-owner", "job-owner"));
        jobs.awaitState("job-owner", "FINISHED");
        Path output = DATA_DIRECTORY.resolve("files/job-owner");
        List<Path> shown = entries(output);
        assertThat(shown).anyMatch(file -> file.getFileName().toString().startsWith("part-main-"));
        String owner = jobs.get("job-owner", "").getString("id");
        jobs.submit(writing("job-intruder", "job-owner")).statusCode(201);

        JsonPath refused = jobs.operation("job-intruder", "start", "{}");

        assertThat(refused.getString("state")).isEqualTo("FAILED");
        assertThat(refused.getString("problem.code")).isEqualTo("output-taken");
        assertThat(refused.getInt("problem.status")).isEqualTo(409);
        assertThat(refused.getString("problem.detail")).contains("job-owner (" + owner + ")", "another path", "purge");
        assertThat(refused.getList("problem.errors.pointer")).isEqualTo(List.of("/sinks/0/path"));
        assertThat(entries(output)).isEqualTo(shown);
        jobs.done("job-owner", "start", "{}");
    }

    private static String writing(String name, String path) {
        return """
                {"name": "%s",
                 "sources": [{"name": "numbers", "type": "sequence", "partitions": 1, "count": 20, "keys": 2, "seed": 1}],
                 "sinks": [{"name": "out", "type": "file", "input": "numbers", "path": "%s", "format": "json"}],
                 "checkpoints": {"interval": "NONE"}, "state": {"backend": "filesystem"}}""".formatted(name, path);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.sorted().toList();
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        jobs.submit("""
                        {"name": "job-no-file", "sinks": [],
                         "sources": [{"name": "in", "type": "file", "path": "no-such.ndjson", "format": "json",
                                      "schema": {"a": "long"}}]}""").statusCode(422).body("errors.pointer", hasItem(startsWith("/sources/0")));
    }

    @Test
    void refusesABodyThatIsNoDocument() {
        jobs.submit("{").statusCode(400).body("code", equalTo("malformed-body"));
    }

    @Test
    void runsAJobAndStopsItWithASnapshot() {
        String operation = given().spec(api())
                .contentType("application/json")
                .body(JobCalls.sums("job-run", "filesystem"))
                .post("/api/v1/jobs?start=true")
                .then()
                .statusCode(201)
                .extract()
                .path("operationId");
        assertThat(operation).isNotBlank();
        assertThat(jobs.awaitState("job-run", "RUNNING").getString("instance.backend"))
                .isEqualTo("filesystem");

        JsonPath stopped = jobs.done("job-run", "stop", "{\"reason\": \"enough\"}");

        assertThat(stopped.getString("result.state")).isEqualTo("STOPPED");
        assertThat(stopped.getString("result.desired")).isEqualTo("STOPPED");
        assertThat(stopped.getInt("result.head.number")).isPositive();
        JsonPath runs = jobs.get("job-run", "/instances");
        assertThat(runs.getString("items[0].startedBecause")).isEqualTo("START");
        assertThat(runs.getString("items[0].endedBecause")).isEqualTo("STOPPED");
    }

    @Test
    void goesOnFromItsHeadUnderAnotherBackendAndParallelism() {
        jobs.run(JobCalls.sums("job-again", "filesystem"));
        jobs.done("job-again", "stop", "{}");
        String head = jobs.get("job-again", "").getString("head.id");

        JsonPath started = jobs.done("job-again", "start", "{\"parallelism\": 2, \"backend\": \"rocksdb\"}");

        assertThat(started.getString("result.instance.restoredFrom")).isEqualTo(head);
        assertThat(started.getInt("result.instance.parallelism")).isEqualTo(2);
        assertThat(started.getString("result.instance.backend")).isEqualTo("rocksdb");
        assertThat(started.getInt("result.instance.epoch")).isEqualTo(2);
        jobs.done("job-again", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void beginsFromNothingWhenAsked() {
        jobs.run(JobCalls.sums("job-empty", "filesystem"));
        jobs.done("job-empty", "stop", "{}");

        JsonPath started = jobs.done("job-empty", "start", "{\"from\": \"EMPTY\"}");

        assertThat(started.getString("result.instance.restoredFrom")).isNull();
        int number = jobs.snapshot("job-empty");
        JsonPath version = jobs.get("job-empty", "/snapshots/" + number);
        assertThat(version.getString("base")).isNull();
        assertThat(version.getString("parent")).isNotNull();
        jobs.done("job-empty", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesToStartWhatRunsAndToStopWhatDoesNot() {
        jobs.run(JobCalls.sums("job-busy", "filesystem"));

        jobs.post("job-busy", "start", "{}")
                .statusCode(409)
                .body("code", equalTo("already-running"))
                .body("blockers", hasSize(1))
                .body("blockers[0].releaseHref", equalTo("/api/v1/jobs/job-busy/stop"));
        jobs.done("job-busy", "stop", "{\"mode\": \"CANCEL\"}");
        jobs.post("job-busy", "stop", "{}").statusCode(409).body("code", equalTo("not-running"));
    }

    @Test
    void refusesWrongStartFieldsWithTheirPlace() {
        jobs.submit(JobCalls.sums("job-fields", "filesystem")).statusCode(201);

        jobs.post("job-fields", "start", "{\"parallelism\": 17}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/parallelism"));
        jobs.post("job-fields", "start", "{\"backend\": \"disk\"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/backend"));
        jobs.post("job-fields", "start", "{\"colour\": 1}").statusCode(400).body("code", equalTo("invalid-body"));
        jobs.post("job-fields", "start?branch=nope", "{}").statusCode(404).body("code", equalTo("branch-not-found"));
        jobs.post("job-nope", "start", "{}").statusCode(404).body("code", equalTo("job-not-found"));
        assertThat(jobs.operation("job-fields", "start", "{\"pipelineVersion\": 9}")
                        .getString("problem.code"))
                .isEqualTo("pipeline-version-not-found");
    }

    @Test
    void finishesAtTheEndOfInputWithAFinalVersion() {
        jobs.submit("""
                        {"name": "job-finite", "sinks": [],
                         "sources": [{"name": "n", "type": "sequence", "partitions": 1, "count": 100, "keys": 5, "seed": 1}],
                         "operators": [{"name": "agg", "type": "aggregate", "input": "n", "keyBy": ["key"],
                                        "aggregates": {"rows": "count()"}, "emit": "NONE"}],
                         "state": {"backend": "filesystem"}}""").statusCode(201);
        jobs.operation("job-finite", "start", "{}");

        JsonPath job = jobs.awaitState("job-finite", "FINISHED");

        assertThat(job.getString("desired")).isEqualTo("STOPPED");
        assertThat(jobs.get("job-finite", "/snapshots/latest").getString("kind"))
                .isEqualTo("FINAL");
        assertThat(jobs.get("job-finite", "/instances").getString("items[0].endedBecause"))
                .isEqualTo("FINISHED");
    }

    @Test
    void drainsAJobIntoFinished() {
        jobs.run(JobCalls.sums("job-drain", "filesystem"));

        JsonPath drained = jobs.done("job-drain", "stop", "{\"mode\": \"DRAIN\"}");

        assertThat(drained.getString("result.state")).isEqualTo("FINISHED");
    }

    @Test
    void failsForGoodOnARecordThatFailsAgainAndAgain() throws IOException {
        Path files = DATA_DIRECTORY.resolve("files");
        Files.createDirectories(files);
        Files.writeString(files.resolve("poison.ndjson"), "{\"a\": 1}\n{\"a\": 2}\n{\"a\": \"three\"}\n");
        jobs.submit("""
                        {"name": "job-poison", "sinks": [],
                         "sources": [{"name": "in", "type": "file", "path": "poison.ndjson", "format": "json",
                                      "schema": {"a": "long"}}],
                         "restart": {"strategy": "EXPONENTIAL", "initial": "PT0.01S", "max": "PT0.1S", "maxAttempts": 10}}""").statusCode(201);
        jobs.post("job-poison", "start", "{}").statusCode(202);

        JsonPath job = jobs.awaitState("job-poison", "FAILED");

        assertThat(job.getString("problem.code")).isEqualTo("poison-record");
        assertThat(job.getString("problem.detail")).contains("in").contains("poison.ndjson");
        assertThat(job.getString("desired")).isEqualTo("STOPPED");
        assertThat(jobs.get("job-poison", "/instances").getList("items")).hasSize(3);
    }

    @Test
    void deletesAStoppedJobAndBringsItBack() {
        jobs.run(JobCalls.sums("job-trash", "filesystem"));
        given().spec(api())
                .delete("/api/v1/jobs/job-trash")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-stopped"))
                .body("blockers[0].kind", equalTo("instance"));
        jobs.done("job-trash", "snapshots", "{\"tag\": \"keep\"}");
        jobs.done("job-trash", "stop", "{}");
        given().spec(api())
                .delete("/api/v1/jobs/job-trash")
                .then()
                .statusCode(409)
                .body("code", equalTo("protected"))
                .body("blockers.id", hasItem("keep"));
        given().spec(api()).delete("/api/v1/jobs/job-trash/tags/keep").then().statusCode(204);

        given().spec(api())
                .delete("/api/v1/jobs/job-trash?reason=done")
                .then()
                .statusCode(200)
                .body("trashed.purgeAfter", notNullValue());
        jobs.post("job-trash", "start", "{}").statusCode(409).body("code", equalTo("job-trashed"));
        jobs.submit(JobCalls.sums("job-trash", "filesystem"))
                .statusCode(409)
                .body("detail", containsString("undelete"));
        given().spec(api()).get("/api/v1/jobs?trashed=true").then().body("items.name", hasItem("job-trash"));

        given().spec(api())
                .post("/api/v1/jobs/job-trash/undelete")
                .then()
                .statusCode(200)
                .body("state", equalTo("STOPPED"))
                .body("head.number", notNullValue());
        given().spec(api())
                .post("/api/v1/jobs/job-trash/undelete")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-trashed"));
    }

    @Test
    void pagesThroughJobs() {
        jobs.submit(JobCalls.sums("job-page-1", "filesystem"));
        jobs.submit(JobCalls.sums("job-page-2", "filesystem"));

        JsonPath first = given().spec(api()).get("/api/v1/jobs?limit=1").jsonPath();
        JsonPath second = given().spec(api())
                .queryParam("cursor", first.getString("nextCursor"))
                .get("/api/v1/jobs?limit=1")
                .jsonPath();

        assertThat(first.getString("items[0].name")).isEqualTo("job-page-2");
        assertThat(second.getString("items[0].name")).isEqualTo("job-page-1");
    }

    @Test
    void answersASubmissionThatStartsWithAStateThatIsNotStopped() {
        for (int i = 0; i < 5; i++) {
            String name = "settled-" + i;
            String state = given().spec(api())
                    .contentType("application/json")
                    .body(JobCalls.sums(name, "memory"))
                    .post("/api/v1/jobs?start=true")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("state");
            assertThat(state).isIn("STARTING", "RUNNING");
            jobs.awaitState(name, "RUNNING");
            jobs.done(name, "stop", "{\"mode\": \"CANCEL\"}");
        }
    }
}
