package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BranchApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void forksABranchThatIsNotStarted() {
        jobs.run(JobCalls.sums("fork-idle", "filesystem"));
        int first = jobs.snapshot("fork-idle");
        jobs.snapshot("fork-idle");

        jobs.post("fork-idle", "branches", "{\"name\": \"last-good\", \"from\": \"main~1\"}")
                .statusCode(201)
                .header("Location", "/api/v1/jobs/fork-idle/branches/last-good")
                .header("ETag", notNullValue())
                .body("head.number", equalTo(first))
                .body("state", equalTo("STOPPED"))
                .body("forkedFrom.revision", equalTo("main~1"))
                .body("forkedFrom.snapshot.number", equalTo(first))
                .body("forkedFrom.branch", equalTo("main"))
                .body("protection.deletable", equalTo(true))
                .body("trashed", nullValue());

        assertThat(jobs.get("fork-idle", "/branches").getList("items.name")).containsExactly("last-good", "main");
        assertThat(jobs.get("fork-idle", "/branches/last-good/reflog").getList("items.verb"))
                .containsExactly("FORK");
        assertThat(jobs.get("fork-idle", "/snapshots/last-good").getInt("number"))
                .isEqualTo(first);
        jobs.done("fork-idle", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void runsAForkBesideItsParentWithAnEpochAndABackendOfItsOwn() {
        jobs.run(JobCalls.sums("fork-run", "filesystem"));
        int head = jobs.snapshot("fork-run");

        JsonPath forked = jobs.done("fork-run", "branches", """
                {"name": "trial", "from": "main",
                 "start": {"parallelism": 2, "backend": "rocksdb"}, "reason": "try it"}""");

        assertThat(forked.getString("type")).isEqualTo("fork");
        assertThat(forked.getString("result.name")).isEqualTo("trial");
        assertThat(forked.getString("result.state")).isEqualTo("RUNNING");
        JsonPath trial = jobs.get("fork-run", "?branch=trial");
        assertThat(trial.getLong("instance.epoch")).isEqualTo(2);
        assertThat(trial.getInt("instance.parallelism")).isEqualTo(2);
        assertThat(trial.getString("instance.backend")).isEqualTo("rocksdb");
        assertThat(jobs.get("fork-run", "").getString("state")).isEqualTo("RUNNING");
        int mine = jobs.done("fork-run", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        int theirs = jobs.snapshot("fork-run");
        assertThat(theirs).isGreaterThan(mine);
        assertThat(jobs.get("fork-run", "/snapshots/" + mine).getString("branch"))
                .isEqualTo("trial");
        assertThat(jobs.get("fork-run", "/snapshots/main~1").getInt("number")).isEqualTo(head);
        assertThat(jobs.get("fork-run", "/snapshots/trial~1").getInt("number")).isEqualTo(head);
        assertThat(jobs.get("fork-run", "/snapshots?branch=trial").getList("items.number"))
                .containsExactly(mine);
        assertThat(jobs.get("fork-run", "/snapshots/latest?branch=trial").getInt("number"))
                .isEqualTo(mine);
        jobs.done("fork-run", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        jobs.done("fork-run", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void stopsAndStartsAForkWithoutItsParentAndDeletesAJobOnlyOnceAllOfItIsStopped() {
        jobs.run(JobCalls.sums("fork-stop", "filesystem"));
        jobs.snapshot("fork-stop");
        jobs.done("fork-stop", "branches", "{\"name\": \"trial\", \"from\": \"main\", \"start\": {}}");
        jobs.done("fork-stop", "stop?branch=trial", "{\"mode\": \"SNAPSHOT\"}");
        assertThat(jobs.get("fork-stop", "?branch=trial").getString("state")).isEqualTo("STOPPED");
        assertThat(jobs.get("fork-stop", "").getString("state")).isEqualTo("RUNNING");
        jobs.done("fork-stop", "start?branch=trial", "{}");
        jobs.post("fork-stop", "start?branch=trial", "{}")
                .statusCode(409)
                .body("code", equalTo("already-running"))
                .body("blockers[0].releaseHref", containsString("branch=trial"));
        given().spec(api())
                .delete("/api/v1/jobs/fork-stop")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-stopped"));
        jobs.done("fork-stop", "stop", "{\"mode\": \"CANCEL\"}");
        given().spec(api())
                .delete("/api/v1/jobs/fork-stop")
                .then()
                .statusCode(409)
                .body("blockers[0].releaseHref", containsString("branch=trial"));
        jobs.done("fork-stop", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void goesOnFromItsVersionAfterItsParentIsDeleted() {
        jobs.run(JobCalls.sums("fork-orphan", "filesystem"));
        jobs.snapshot("fork-orphan");
        jobs.done("fork-orphan", "branches", "{\"name\": \"one\", \"from\": \"main\", \"start\": {}}");
        int made =
                jobs.done("fork-orphan", "snapshots", "{\"branch\": \"one\"}").getInt("result.number");
        jobs.done("fork-orphan", "stop?branch=one", "{\"mode\": \"CANCEL\"}");
        jobs.post("fork-orphan", "branches", "{\"name\": \"two\", \"from\": \"one\"}")
                .statusCode(201);

        delete("fork-orphan", "one").statusCode(200).body("trashed.at", notNullValue());

        jobs.done("fork-orphan", "start?branch=two", "{}");
        JsonPath two = jobs.get("fork-orphan", "?branch=two");
        assertThat(two.getString("instance.restoredFrom"))
                .isEqualTo(jobs.get("fork-orphan", "/snapshots/" + made).getString("id"));
        assertThat(jobs.get("fork-orphan", "/branches").getList("items.name")).containsExactly("main", "two");
        assertThat(jobs.get("fork-orphan", "/branches?trashed=true").getList("items.name"))
                .containsExactly("one");
        jobs.done("fork-orphan", "stop?branch=two", "{\"mode\": \"CANCEL\"}");
        jobs.done("fork-orphan", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void doesWhatIsAskedOfAForkWithoutTouchingItsParent() {
        String pipeline = JobCalls.sums("fork-verbs", "filesystem");
        jobs.run(pipeline);
        int first = jobs.snapshot("fork-verbs");
        jobs.done("fork-verbs", "branches", "{\"name\": \"trial\", \"from\": \"main\", \"start\": {}}");
        int second =
                jobs.done("fork-verbs", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        String instance = jobs.get("fork-verbs", "").getString("instance.id");

        JsonPath back = jobs.done("fork-verbs", "restore", """
                {"branch": "trial", "to": "latest~1", "mode": "ROLLBACK", "safetySnapshot": false}""");
        assertThat(back.getInt("result.head.number")).isEqualTo(first);
        assertThat(jobs.get("fork-verbs", "/branches/trial/reflog").getList("items.verb"))
                .containsExactly("ROLLBACK", "CHECKPOINT", "FORK");
        given().spec(api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(pipeline.replace("\"rate\": 1000", "\"rate\": 500"))
                .put("/api/v1/jobs/fork-verbs/pipeline?branch=trial&restart=true")
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"));
        assertThat(jobs.get("fork-verbs", "?branch=trial").getInt("instance.pipelineVersion"))
                .isEqualTo(2);
        assertThat(jobs.get("fork-verbs", "/topology?branch=trial").getInt("pipelineVersion"))
                .isEqualTo(2);
        assertThat(jobs.get("fork-verbs", "/checkpoints?branch=trial").getList("items.number"))
                .contains(second)
                .doesNotContain(first);
        assertThat(jobs.get("fork-verbs", "/instances?branch=trial").getList("items.branch"))
                .hasSize(3)
                .containsOnly("trial");
        jobs.get("fork-verbs", "/dead-letters?branch=trial");

        JsonPath main = jobs.get("fork-verbs", "");
        assertThat(main.getString("instance.id")).isEqualTo(instance);
        assertThat(main.getInt("head.number")).isEqualTo(first);
        assertThat(main.getInt("pipelineVersion")).isEqualTo(1);
        jobs.done("fork-verbs", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        jobs.done("fork-verbs", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void answersARepeatedRequestWithTheBranchThatItMade() {
        jobs.run(JobCalls.sums("fork-again", "filesystem"));
        jobs.snapshot("fork-again");
        for (String replayed : new String[] {null, "true"}) {
            given().spec(api())
                    .contentType("application/json")
                    .header("Idempotency-Key", "fork-again")
                    .body("{\"name\": \"b\", \"from\": \"main\"}")
                    .post("/api/v1/jobs/fork-again/branches")
                    .then()
                    .statusCode(201)
                    .header("Idempotency-Replayed", replayed)
                    .body("name", equalTo("b"));
        }
        jobs.done("fork-again", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesNamesThatAreTakenOrCannotBe() {
        jobs.run(JobCalls.sums("fork-names", "filesystem"));
        jobs.done("fork-names", "snapshots", "{\"tag\": \"v1\"}");
        jobs.done("fork-names", "stop", "{\"mode\": \"CANCEL\"}");
        String[][] refused = {
            {"main", "v1", "name-taken"},
            {"v1", "main", "name-taken"},
            {"latest", "main", "invalid-name"},
            {"b", "nothing", "snapshot-not-found"}
        };
        for (String[] fork : refused) {
            fork("fork-names", "{\"name\": \"%s\", \"from\": \"%s\"}".formatted(fork[0], fork[1]))
                    .body("code", equalTo(fork[2]));
        }
        fork("fork-names", "{\"name\": \"b\", \"from\": \"main\"}").statusCode(201);
        given().spec(api())
                .contentType("application/json")
                .body("{\"snapshot\": \"main\"}")
                .put("/api/v1/jobs/fork-names/tags/b")
                .then()
                .statusCode(409)
                .body("code", equalTo("name-taken"));
        delete("fork-names", "b").statusCode(200);
        fork("fork-names", "{\"name\": \"b\", \"from\": \"main\"}")
                .statusCode(409)
                .body("code", equalTo("name-taken"))
                .body("detail", containsString("deleted branch"));
    }

    @Test
    void refusesToForkWhatLivesInMemoryOnly() {
        jobs.run(JobCalls.sums("fork-memory", "memory"));
        jobs.snapshot("fork-memory");
        fork("fork-memory", "{\"name\": \"b\", \"from\": \"main\"}")
                .statusCode(409)
                .body("code", equalTo("not-durable"));
        jobs.done("fork-memory", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void wantsToKnowWhichPipelineRunsWhenTheVersionHasAnother() {
        String pipeline = JobCalls.sums("fork-choice", "filesystem");
        jobs.run(pipeline);
        jobs.snapshot("fork-choice");
        given().spec(api())
                .contentType("application/json")
                .body(pipeline.replace("\"rate\": 1000", "\"rate\": 500"))
                .put("/api/v1/jobs/fork-choice/pipeline")
                .then()
                .statusCode(200);
        fork("fork-choice", "{\"name\": \"b\", \"from\": \"main\"}")
                .statusCode(422)
                .body("code", equalTo("pipeline-choice-required"))
                .body("compatibility", notNullValue());
        fork("fork-choice", "{\"name\": \"old\", \"from\": \"main\", \"pipeline\": \"SNAPSHOT\"}")
                .statusCode(201)
                .body("pipelineVersion", equalTo(1));
        fork("fork-choice", "{\"name\": \"new\", \"from\": \"main\", \"pipeline\": \"CURRENT\"}")
                .statusCode(201)
                .body("pipelineVersion", equalTo(2));
        jobs.done("fork-choice", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void leavesWhatAPatchDoesNotNameAndTakesNullForTheUsual() {
        stoppedWithFork("fork-patch");
        patch("fork-patch", "keep", "*", "{\"protection\": {\"resettable\": false}}")
                .body("protection.resettable", equalTo(false));
        patch("fork-patch", "keep", "*", "{\"protection\": {\"resettable\": null}}")
                .statusCode(200)
                .body("protection.resettable", equalTo(true));
        patch("fork-patch", "keep", "*", "{\"protection\": null}")
                .statusCode(200)
                .body("protection", equalTo(Map.of("deletable", true, "resettable", true)));
        patch("fork-patch", "keep", "*", "{\"protection\": {\"deletable\": 7}}").statusCode(400);
        patch("fork-patch", "keep", "*", "{\"head\": 7}").statusCode(400);
    }

    /** A job that is stopped, with a branch {@code keep} of its head, whose number this is. */
    private int stoppedWithFork(String job) {
        jobs.run(JobCalls.sums(job, "filesystem"));
        int head = jobs.snapshot(job);
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
        fork(job, "{\"name\": \"keep\", \"from\": \"main\"}").statusCode(201);
        return head;
    }

    private ValidatableResponse fork(String job, String body) {
        return jobs.post(job, "branches", body);
    }

    private String etag(String job, String branch) {
        return given().spec(api())
                .get("/api/v1/jobs/{job}/branches/{branch}", job, branch)
                .header("ETag");
    }

    private ValidatableResponse patch(String job, String branch, String etag, String body) {
        return given().spec(api())
                .contentType("application/merge-patch+json")
                .header("If-Match", etag)
                .body(body)
                .patch("/api/v1/jobs/{job}/branches/{branch}", job, branch)
                .then();
    }

    private ValidatableResponse delete(String job, String branch) {
        return given().spec(api())
                .header("If-Match", etag(job, branch))
                .delete("/api/v1/jobs/{job}/branches/{branch}?reason=tidy", job, branch)
                .then();
    }
}
