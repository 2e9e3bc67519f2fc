package io.strandline.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.Revision;
import io.strandline.version.move.MovePlan;
import io.strandline.version.move.Moves;
import io.strandline.version.move.RestoreRequest;
import io.strandline.version.move.RestoreRequest.Mode;
import io.strandline.version.move.Restores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of moves, and of changes of the pipeline, whose instance does not come up; on the real ledger and runner. */
class SupervisedMoveTests {

    private static final Cause CAUSE = Cause.system("test");

    @TempDir
    static Path directory;

    private static OwnServer server;
    private static JobCalls jobs;
    private static PlantedFaults faults;

    @BeforeAll
    static void startServer() {
        server = OwnServer.on(directory, PlantedFaults.class);
        jobs = server.jobs();
        faults = server.part(PlantedFaults.class);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void bringsHeadAndInstanceBackWhenTheRestoredOneDoesNotComeUp() {
        jobs.run(JobCalls.restarting("comeback", "PT0.01S"));
        int first = jobs.snapshot("comeback");
        int second = jobs.snapshot("comeback");
        faults.refuseStarts(1);

        JsonPath operation = jobs.operation("comeback", "restore", """
                {"to": %d, "mode": "ROLLBACK", "safetySnapshot": false}""".formatted(first));

        assertThat(operation.getString("state")).isEqualTo("FAILED");
        assertThat(operation.getString("problem.code")).isEqualTo("start-failed");
        assertThat(operation.getString("problem.detail")).contains("runs again");
        JsonPath job = jobs.get("comeback", "");
        assertThat(job.getString("state")).isEqualTo("RUNNING");
        assertThat(job.getInt("head.number")).isEqualTo(second);
        assertThat(job.getString("instance.restoredFrom")).isEqualTo(job.getString("head.id"));
        assertThat(jobs.get("comeback", "/snapshots/" + second + "/holds").getList("items"))
                .isEmpty();
        assertThat(jobs.get("comeback", "/snapshots/" + first + "/holds").getList("items"))
                .isEmpty();
        List<String> verbs = jobs.get("comeback", "/branches/main/reflog").getList("items.verb");
        assertThat(verbs).startsWith("TAKEN_BACK", "ROLLBACK");
        jobs.snapshot("comeback");
        jobs.done("comeback", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void bringsMainAndTheForkBackWhenThePromotedOneDoesNotComeUp() {
        jobs.run(JobCalls.restarting("unpromoted", "PT0.01S"));
        jobs.snapshot("unpromoted");
        jobs.done("unpromoted", "branches", "{\"name\": \"trial\", \"from\": \"main\", \"start\": {}}");
        int tried =
                jobs.done("unpromoted", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        int old = jobs.snapshot("unpromoted");
        faults.refuseStarts(1);

        JsonPath operation = jobs.operation("unpromoted", "promote", """
                {"branch": "trial", "expectedHead": %d, "expectedMainHead": %d, "safetySnapshot": false}""".formatted(tried, old));

        assertThat(operation.getString("problem.code")).isEqualTo("start-failed");
        JsonPath main = jobs.get("unpromoted", "");
        assertThat(main.getString("state")).isEqualTo("RUNNING");
        assertThat(main.getInt("head.number")).isEqualTo(old);
        JsonPath trial = jobs.get("unpromoted", "?branch=trial");
        assertThat(trial.getString("state")).isEqualTo("RUNNING");
        assertThat(trial.getString("desired")).isEqualTo("RUNNING");
        assertThat(trial.getString("instance.restoredFrom")).isEqualTo(trial.getString("head.id"));
        assertThat(jobs.get("unpromoted", "/tags").getList("items")).isEmpty();
        assertThat(jobs.get("unpromoted", "/snapshots/" + old + "/holds").getList("items"))
                .isEmpty();
        assertThat(jobs.get("unpromoted", "/branches/main/reflog").getList("items.verb"))
                .startsWith("TAKEN_BACK", "PROMOTE");
        jobs.post("unpromoted", "undo", "{}").statusCode(409).body("code", equalTo("nothing-to-undo"));
        jobs.done("unpromoted", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        jobs.done("unpromoted", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void takesARevertBackToo() {
        jobs.run(JobCalls.restarting("comeback-revert", "PT0.01S"));
        int first = jobs.snapshot("comeback-revert");
        int second = jobs.snapshot("comeback-revert");
        faults.refuseStarts(1);

        JsonPath operation = jobs.operation("comeback-revert", "restore", """
                {"to": %d, "mode": "REVERT", "safetySnapshot": false}""".formatted(first));

        assertThat(operation.getString("state")).isEqualTo("FAILED");
        JsonPath job = jobs.get("comeback-revert", "");
        assertThat(job.getString("state")).isEqualTo("RUNNING");
        assertThat(job.getInt("head.number")).isEqualTo(second);
        jobs.done("comeback-revert", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void undoesAMoveWhoseFirstUndoDidNotComeUp() {
        jobs.run(JobCalls.restarting("reundone", "PT0.01S"));
        int first = jobs.snapshot("reundone");
        int second = jobs.snapshot("reundone");
        jobs.done("reundone", "restore", """
                {"to": %d, "mode": "ROLLBACK", "safetySnapshot": false}""".formatted(first));
        faults.refuseStarts(1);
        String undo = "{\"safetySnapshot\": false}";
        assertThat(jobs.operation("reundone", "undo", undo).getString("state")).isEqualTo("FAILED");

        jobs.done("reundone", "undo", undo);

        assertThat(jobs.get("reundone", "").getInt("head.number")).isEqualTo(second);
        jobs.done("reundone", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void runsTheOldPipelineAgainWhenTheNewOneDoesNotComeUp() {
        jobs.run(JobCalls.restarting("old-pipe", "PT0.01S"));
        faults.refuseStarts(1);

        JsonPath operation = given().spec(server.api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(JobCalls.restarting("old-pipe", "PT0.02S"))
                .put("/api/v1/jobs/old-pipe/pipeline?restart=true")
                .jsonPath();

        assertThat(operation.getString("state")).as(operation.prettify()).isEqualTo("FAILED");
        JsonPath job = jobs.get("old-pipe", "");
        assertThat(job.getString("state")).isEqualTo("RUNNING");
        assertThat(job.getInt("pipelineVersion")).isEqualTo(1);
        assertThat(job.getInt("instance.pipelineVersion")).isEqualTo(1);
        jobs.done("old-pipe", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void holdsTheTargetOfARestoreFromItsAcceptanceOn() {
        jobs.run(JobCalls.restarting("accepted", "PT0.01S"));
        int first = jobs.snapshot("accepted");
        jobs.snapshot("accepted");
        Job job = server.part(Catalog.class).jobNamed("accepted").orElseThrow();
        Restores restores = server.part(Restores.class);
        RestoreRequest request = new RestoreRequest(
                new Revision(String.valueOf(first)),
                Mode.ROLLBACK,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        MovePlan plan = restores.accept(job, request, "operation-1", CAUSE);
        String holds = "/snapshots/" + first + "/holds";
        assertThat(jobs.get("accepted", holds).getList("items.kind")).containsExactly("SYSTEM");

        server.part(Moves.class).giveUp(plan, "operation-1", CAUSE);
        assertThat(jobs.get("accepted", holds).getList("items")).isEmpty();
        jobs.done("accepted", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void givesARestoreUpWhenItIsCancelledAndRefusesOthersMeanwhile() {
        jobs.run(JobCalls.restarting("cancelled", "PT0.01S"));
        int first = jobs.snapshot("cancelled");
        int second = jobs.snapshot("cancelled");
        String restore = "{\"to\": " + first + ", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}";
        faults.holdBack(true);
        String operation = jobs.post("cancelled", "restore", restore)
                .statusCode(202)
                .extract()
                .path("id");
        jobs.awaitState("cancelled", "STARTING");
        jobs.post("cancelled", "stop", "{}")
                .statusCode(409)
                .body("code", equalTo("operation-in-progress"))
                .body("blockers[0].id", equalTo(operation))
                .body("blockers[0].releaseHref", equalTo("/api/v1/operations/" + operation + "/cancel"));
        jobs.post("cancelled", "restore", restore).statusCode(409).body("code", equalTo("operation-in-progress"));

        faults.holdBack(false);
        given().spec(server.api())
                .post("/api/v1/operations/" + operation + "/cancel")
                .then()
                .statusCode(200);

        given().spec(server.api())
                .header("Prefer", "wait=30")
                .get("/api/v1/operations/" + operation)
                .then()
                .body("state", equalTo("CANCELLED"));
        JsonPath job = jobs.awaitState("cancelled", "RUNNING");
        assertThat(job.getInt("head.number")).isEqualTo(second);
        jobs.done("cancelled", "stop", "{\"mode\": \"CANCEL\"}");
    }
}
