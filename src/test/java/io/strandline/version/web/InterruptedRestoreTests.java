package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores in the middle of which the server died, as the journal then has them. */
class InterruptedRestoreTests {

    private static final LeftOperation RESTORE = LeftOperation.of("restore", "bad deploy");

    @TempDir
    Path directory;

    @Test
    void beginsAgainWhenTheHeadHadNotMoved() {
        int target;
        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("flights", "filesystem"));
            target = jobs.snapshot("flights");
            jobs.snapshot("flights");
            RESTORE.accept(server, "flights", target, "{\"to\": \"main~1\", \"mode\": \"ROLLBACK\"}");
        }
        try (OwnServer server = OwnServer.on(directory)) {
            JsonPath done = RESTORE.ended(server);
            assertThat(done.getString("state")).as(done.prettify()).isEqualTo("SUCCEEDED");
            assertThat(done.getInt("result.head.number")).isEqualTo(target);
            assertThat(done.getString("actor")).isEqualTo("ann");
            JsonPath job = server.jobs().awaitState("flights", "RUNNING");
            assertThat(job.getInt("head.number")).isEqualTo(target);
            assertThat(server.jobs().get("flights", "/branches/main/reflog").getString("items[0].verb"))
                    .isEqualTo("ROLLBACK");
            assertThat(held(server)).isEmpty();
        }
    }

    @Test
    void startsWithWhatWasAllowedWhenTheHeadHadMoved() {
        int target;
        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            String pipeline = JobCalls.sums("flights", "filesystem");
            jobs.run(pipeline);
            target = jobs.snapshot("flights");
            given().spec(server.api())
                    .contentType("application/json")
                    .header("Prefer", "wait=30")
                    .body(pipeline.replace("by-key", "by-other-key"))
                    .put("/api/v1/jobs/flights/pipeline?restart=true&allowDroppedState=true")
                    .then()
                    .statusCode(200);
            jobs.snapshot("flights");
            RESTORE.accept(
                    server,
                    "flights",
                    target,
                    "{\"to\": " + target + ", \"mode\": \"ROLLBACK\", \"pipeline\": \"CURRENT\","
                            + " \"allowDroppedState\": true}");
            moved(server, target);
        }
        try (OwnServer server = OwnServer.on(directory)) {
            JsonPath done = RESTORE.ended(server);
            assertThat(done.getString("state")).as(done.prettify()).isEqualTo("SUCCEEDED");
            assertThat(done.getBoolean("result.started")).isTrue();
            JsonPath job = server.jobs().awaitState("flights", "RUNNING");
            assertThat(job.getString("instance.restoredFrom")).isEqualTo(done.getString("result.head.id"));
            assertThat(job.getInt("instance.pipelineVersion")).isEqualTo(2);
            assertThat(held(server)).isEmpty();
        }
    }

    /** What its move of the head leaves in the journal, once the instance is stopped. */
    private static void moved(OwnServer server, int target) {
        Catalog catalog = server.part(Catalog.class);
        String jobId = server.jobs().get("flights", "").getString("id");
        server.jobs().done("flights", "stop", "{\"mode\": \"CANCEL\"}");
        Branch main = catalog.branch(jobId, Branch.MAIN).orElseThrow();
        Snapshot to = catalog.snapshot(jobId, target).orElseThrow();
        Change wanted = new io.strandline.catalog.JobChange.DesiredStateSet(jobId, Branch.MAIN, Branch.Desired.RUNNING);
        Change move =
                new HeadMoved(jobId, Branch.MAIN, main.head(), to.id(), to.number(), main.line(), "ROLLBACK", null);
        server.part(Ledger.class).record(new Scope.OfJob(jobId), RESTORE.cause(), List.of(wanted, move));
    }

    private static List<Hold> held(OwnServer server) {
        return server.part(Catalog.class).systemHolds("operation:");
    }
}
