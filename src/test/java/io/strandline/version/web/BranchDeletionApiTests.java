package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What keeps a branch from being deleted, and what is left of it behind that. */
class BranchDeletionApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void protectsABranchFromDeletion() {
        stoppedWithFork("fork-protect");
        String before = etag("fork-protect", "keep");
        given().spec(api())
                .contentType("application/merge-patch+json")
                .body("{\"protection\": {\"deletable\": false}}")
                .patch("/api/v1/jobs/fork-protect/branches/keep")
                .then()
                .statusCode(428);
        patch("fork-protect", "keep", before, "{\"protection\": {\"deletable\": false}}")
                .statusCode(200)
                .body("protection", equalTo(Map.of("deletable", false, "resettable", true)));
        patch("fork-protect", "keep", before, "{\"protection\": {\"deletable\": true}}")
                .statusCode(412);
        delete("fork-protect", "keep")
                .statusCode(409)
                .body("code", equalTo("protected"))
                .body("blockers.id", contains("keep"));
        delete("fork-protect", "main").statusCode(409).body("code", equalTo("protected"));
        String main = etag("fork-protect", "main");
        patch("fork-protect", "main", main, "{\"protection\": {\"deletable\": true}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/protection/deletable"));
        patch("fork-protect", "main", main, "{\"protection\": {\"resettable\": false}}")
                .statusCode(200);
        patch("fork-protect", "keep", etag("fork-protect", "keep"), "{\"protection\": {\"deletable\": true}}")
                .statusCode(200);
        delete("fork-protect", "keep").statusCode(200);
    }

    @Test
    void takesBackABranchThatWasDeleted() {
        int head = stoppedWithFork("fork-back");
        given().spec(api())
                .delete("/api/v1/jobs/fork-back/branches/keep")
                .then()
                .statusCode(428);
        delete("fork-back", "keep").statusCode(200);
        given().spec(api()).get("/api/v1/jobs/fork-back/branches/keep").then().statusCode(404);
        jobs.post("fork-back", "start?branch=keep", "{}").statusCode(404);
        assertThat(jobs.get("fork-back", "/snapshots/" + head + "/holds").getList("items.reason"))
                .anyMatch(reason -> reason.toString().contains("keep"));
        jobs.post("fork-back", "branches/keep/undelete", "{\"reason\": \"by mistake\"}")
                .statusCode(200)
                .body("head.number", equalTo(head))
                .body("forkedFrom.snapshot.number", equalTo(head));
        jobs.post("fork-back", "branches/keep/undelete", "{}").statusCode(409).body("code", equalTo("not-trashed"));
        jobs.post("fork-back", "branches/nobody/undelete", "{}").statusCode(404);
        assertThat(jobs.get("fork-back", "/snapshots/" + head + "/holds").getList("items"))
                .isEmpty();
        assertThat(jobs.get("fork-back", "/branches").getList("items.name")).containsExactly("keep", "main");
    }

    @Test
    void freesTheNameOfABranchThatLeftTheTrash() {
        int head = stoppedWithFork("fork-purge");
        jobs.done("fork-purge", "start?branch=keep", "{\"backend\": \"rocksdb\"}");
        int mine =
                jobs.done("fork-purge", "snapshots", "{\"branch\": \"keep\"}").getInt("result.number");
        jobs.done("fork-purge", "stop?branch=keep", "{\"mode\": \"CANCEL\"}");
        jobs.done("fork-purge", "restore", "{\"branch\": \"keep\", \"to\": " + head + ", \"mode\": \"ROLLBACK\"}");
        delete("fork-purge", "keep").statusCode(200);
        assertThat(trashed(jobs.get("fork-purge", "").getString("id") + "/keep"))
                .containsEntry("type", "BRANCH")
                .containsEntry("branch", "keep");

        given().spec(api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"reason\": \"the name is needed\"}")
                .post("/api/v1/trash/purge")
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"));

        jobs.post("fork-purge", "branches/keep/undelete", "{}").statusCode(404);
        assertThat(jobs.get("fork-purge", "/snapshots/" + mine).getString("state"))
                .as("its versions stay")
                .isEqualTo("COMPLETED");
        assertThat(jobs.get("fork-purge", "/snapshots/" + mine + "/holds").getList("items"))
                .as("nothing is held so that it can come back")
                .isEmpty();
        fork("fork-purge", "{\"name\": \"keep\", \"from\": \"main\"}").statusCode(201);
        jobs.post("fork-purge", "undo", "{\"branch\": \"keep\"}")
                .statusCode(409)
                .body("code", equalTo("nothing-to-undo"));
        assertThat(jobs.get("fork-purge", "/instances?branch=keep").getList("items"))
                .isEmpty();
        assertThat(jobs.get("fork-purge", "/instances").getList("items.branch")).contains("keep");
        jobs.done("fork-purge", "start?branch=keep", "{}");
        JsonPath again = jobs.get("fork-purge", "?branch=keep");
        assertThat(again.getLong("instance.epoch")).isEqualTo(3);
        assertThat(again.getString("instance.backend")).isEqualTo("filesystem");
        jobs.done("fork-purge", "stop?branch=keep", "{\"mode\": \"CANCEL\"}");
    }

    private Map<String, Object> trashed(String id) {
        return given().spec(api())
                .get("/api/v1/trash?limit=500")
                .jsonPath()
                .getMap("items.find { it.id == '" + id + "' }");
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
