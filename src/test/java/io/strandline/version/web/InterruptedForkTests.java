package io.strandline.version.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Fork;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Change;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks in the middle of which the server died, as the journal then has them. */
class InterruptedForkTests {

    private static final LeftOperation FORK = LeftOperation.of("fork", "try it");
    private static final String REQUEST =
            "{\"name\": \"trial\", \"from\": \"main\", \"start\": {\"backend\": \"rocksdb\"}}";

    @TempDir
    Path directory;

    @Test
    void beginsAgainWhenTheBranchWasNotMade() {
        int source;
        try (OwnServer server = OwnServer.on(directory)) {
            server.jobs().run(JobCalls.sums("flights", "filesystem"));
            source = server.jobs().snapshot("flights");
            FORK.accept(server, "flights", source, REQUEST);
            server.jobs().snapshot("flights");
        }
        try (OwnServer server = OwnServer.on(directory)) {
            assertStarted(server, source);
        }
    }

    @Test
    void startsTheBranchThatWasMade() {
        int source;
        try (OwnServer server = OwnServer.on(directory)) {
            server.jobs().run(JobCalls.sums("flights", "filesystem"));
            source = server.jobs().snapshot("flights");
            FORK.accept(server, "flights", source, REQUEST);
            made(server, source);
        }
        try (OwnServer server = OwnServer.on(directory)) {
            assertStarted(server, source);
        }
    }

    @Test
    void bringsABranchUpAgainThatRanWhenTheServerStopped() {
        try (OwnServer server = OwnServer.on(directory)) {
            server.jobs().run(JobCalls.sums("flights", "filesystem"));
            int source = server.jobs().snapshot("flights");
            server.jobs().done("flights", "branches", REQUEST);
            assertThat(source).isPositive();
        }
        try (OwnServer server = OwnServer.on(directory)) {
            server.jobs().awaitState("flights", "RUNNING");
            JsonPath trial = awaitTrial(server);
            assertThat(trial.getString("instance.backend")).isEqualTo("rocksdb");
            assertThat(trial.getString("branch")).isEqualTo("trial");
        }
    }

    private static void assertStarted(OwnServer server, int source) {
        JsonPath done = FORK.ended(server);
        assertThat(done.getString("state")).as(done.prettify()).isEqualTo("SUCCEEDED");
        assertThat(done.getString("result.name")).isEqualTo("trial");
        assertThat(done.getInt("result.forkedFrom.snapshot.number")).isEqualTo(source);
        JsonPath trial = awaitTrial(server);
        assertThat(trial.getString("instance.backend")).isEqualTo("rocksdb");
        assertThat(server.part(Catalog.class).systemHolds("operation:")).isEmpty();
        assertThat(server.jobs().get("flights", "/instances?branch=trial").getList("items"))
                .hasSize(1);
    }

    private static JsonPath awaitTrial(OwnServer server) {
        return server.jobs().await("flights", "trial", trial -> "RUNNING".equals(trial.getString("state")), "running");
    }

    /** What making the branch leaves in the journal. */
    private static void made(OwnServer server, int source) {
        Catalog catalog = server.part(Catalog.class);
        String jobId = server.jobs().get("flights", "").getString("id");
        Branch main = catalog.branch(jobId, Branch.MAIN).orElseThrow();
        Snapshot version = catalog.snapshot(jobId, source).orElseThrow();
        Fork fork = new Fork("main", version.id(), version.number(), Branch.MAIN, Instant.now());
        Change made = new BranchCreated(jobId, "trial", fork, 1, main.line(), Protection.NONE);
        server.part(Ledger.class).record(new Scope.OfJob(jobId), FORK.cause(), List.of(made));
    }
}
