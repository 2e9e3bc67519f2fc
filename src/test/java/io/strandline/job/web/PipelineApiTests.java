package io.strandline.job.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void answersWithThePlanOfASoundDocument() {
        given().spec(api())
                .contentType("application/json")
                .body(JobCalls.sums("plan", "filesystem"))
                .post("/api/v1/pipelines/validate")
                .then()
                .statusCode(200)
                .body("name", equalTo("plan"))
                .body("nodes.name", hasItem("by-key"));
        given().spec(api()).get("/api/v1/jobs/plan").then().statusCode(404);
    }

    @Test
    void plansJoinsAndSideOutputsAndPointsAtWhatIsWrongWithThem() {
        String document = """
                {"name": "joined",
                 "sources": [{"name": "a", "type": "sequence", "eventTime": {"field": "offset"}},
                             {"name": "b", "type": "sequence", "eventTime": {"field": "offset"}}],
                 "operators": [
                   {"name": "pairs", "type": "join", "left": {"input": "a", "keyBy": ["key"]},
                    "right": {"input": "b", "keyBy": ["key"]}, "within": "PT1S"},
                   {"name": "late", "type": "union", "inputs": ["pairs.late-left", "pairs.late-right"]},
                   {"name": "wins", "type": "window", "input": "late", "keyBy": ["key"],
                    "window": {"type": "SESSION", "gap": "PT1S"}, "aggregates": {"about": "approx_count_distinct(value)"}}]}
                """;
        given().spec(api())
                .contentType("application/json")
                .body(document)
                .post("/api/v1/pipelines/validate")
                .then()
                .statusCode(200)
                .body("nodes.find { it.name == 'pairs' }.states", equalTo(List.of("left", "right")))
                .body(
                        "nodes.find { it.name == 'late' }.inputs",
                        equalTo(List.of("pairs.late-left", "pairs.late-right")))
                .body("nodes.find { it.name == 'wins' }.schema.about", equalTo("long"));
        given().spec(api())
                .contentType("application/json")
                .body(document.replace("pairs.late-right", "pairs.late"))
                .post("/api/v1/pipelines/validate")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-pipeline"))
                .body("errors.pointer", equalTo(List.of("/operators/1/inputs/1")))
                .body("errors[0].detail", containsString("has no side output 'late'"));
    }

    @Test
    void publishesTheSchema() {
        given().spec(api())
                .get("/api/v1/pipelines/schema")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("$schema", notNullValue());
    }

    @Test
    void savesAnotherPipelineForTheNextStart() {
        jobs.submit(JobCalls.sums("pipe-save", "filesystem"));
        String etag = given().spec(api())
                .get("/api/v1/jobs/pipe-save/pipeline")
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("document.state.backend", equalTo("filesystem"))
                .extract()
                .header("ETag");

        put("pipe-save", "", JobCalls.sums("pipe-save", "rocksdb"))
                .statusCode(200)
                .body("version", equalTo(2))
                .body("document.state.backend", equalTo("rocksdb"));

        given().spec(api())
                .header("If-Match", etag)
                .contentType("application/json")
                .body(JobCalls.sums("pipe-save", "filesystem"))
                .put("/api/v1/jobs/pipe-save/pipeline")
                .then()
                .statusCode(412);
        given().spec(api())
                .get("/api/v1/jobs/pipe-save/pipeline/versions/1")
                .then()
                .statusCode(200)
                .body("document.state.backend", equalTo("filesystem"));
        given().spec(api())
                .get("/api/v1/jobs/pipe-save/pipeline/versions/3")
                .then()
                .statusCode(404)
                .body("code", equalTo("pipeline-version-not-found"));
    }

    @Test
    void addsNoVersionWhenNothingChanges() {
        jobs.submit(JobCalls.sums("pipe-same", "filesystem"));

        put("pipe-same", "", JobCalls.sums("pipe-same", "filesystem"))
                .statusCode(200)
                .body("version", equalTo(1));
    }

    @Test
    void tellsWhatWouldBecomeOfTheStateAndSavesNothing() {
        jobs.run(JobCalls.sums("pipe-dry", "filesystem"));
        jobs.done("pipe-dry", "stop", "{}");

        put("pipe-dry", "?dryRun=true", JobCalls.sums("pipe-dry", "filesystem").replace("by-key", "renamed"))
                .statusCode(200)
                .body("compatible", equalTo(false))
                .body("states.verdict", hasItem("DROPPED"))
                .body("states.verdict", hasItem("NEW"));

        assertThat(jobs.get("pipe-dry", "").getInt("pipelineVersion")).isEqualTo(1);
    }

    @Test
    void refusesToDropStateUnlessAllowed() {
        jobs.run(JobCalls.sums("pipe-drop", "filesystem"));
        jobs.done("pipe-drop", "stop", "{}");
        String renamed = JobCalls.sums("pipe-drop", "filesystem").replace("by-key", "renamed");

        put("pipe-drop", "", renamed)
                .statusCode(422)
                .body("code", equalTo("incompatible-state"))
                .body("compatibility.states.verdict", hasItem("DROPPED"));
        put("pipe-drop", "?allowDroppedState=true", renamed).statusCode(200).body("version", equalTo(2));
        assertThat(jobs.operation("pipe-drop", "start", "{}").getString("problem.code"))
                .isEqualTo("incompatible-state");
        jobs.done("pipe-drop", "start", "{\"allowDroppedState\": true}");
        jobs.done("pipe-drop", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesAnotherNameOrNumberOfKeyGroups() {
        jobs.submit(JobCalls.sums("pipe-name", "filesystem"));

        put("pipe-name", "", JobCalls.sums("pipe-other", "filesystem"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/name"));
        put(
                        "pipe-name",
                        "",
                        JobCalls.sums("pipe-name", "filesystem")
                                .replace("\"sinks\"", "\"maxParallelism\": 64, \"sinks\""))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/maxParallelism"));
    }

    @Test
    void restartsARunningJobWithTheNewPipeline() {
        jobs.run(JobCalls.sums("pipe-swap", "filesystem"));

        JsonPath operation = given().spec(api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(JobCalls.sums("pipe-swap", "rocksdb"))
                .put("/api/v1/jobs/pipe-swap/pipeline?restart=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(operation.getString("state")).as(operation.prettify()).isEqualTo("SUCCEEDED");
        assertThat(operation.getInt("result.version")).isEqualTo(2);
        JsonPath job = jobs.get("pipe-swap", "");
        assertThat(job.getString("state")).isEqualTo("RUNNING");
        assertThat(job.getString("instance.backend")).isEqualTo("rocksdb");
        assertThat(job.getString("instance.restoredFrom")).isEqualTo(job.getString("head.id"));
        assertThat(jobs.get("pipe-swap", "/instances").getString("items[1].endedBecause"))
                .isEqualTo("PIPELINE");
        jobs.done("pipe-swap", "stop", "{\"mode\": \"CANCEL\"}");
    }

    private ValidatableResponse put(String job, String query, String document) {
        return given().spec(api())
                .contentType("application/json")
                .body(document)
                .put("/api/v1/jobs/" + job + "/pipeline" + query)
                .then();
    }
}
