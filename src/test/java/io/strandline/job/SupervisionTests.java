package io.strandline.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revision;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.version.move.MovePlan;
import io.strandline.version.move.Moves;
import io.strandline.version.move.RestoreRequest;
import io.strandline.version.move.RestoreRequest.Mode;
import io.strandline.version.move.Restores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What supervisors do when instances fail, over the real ledger and the real runner with faults planted in front of it. */
class SupervisionTests {

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

    private static String restarting(String name, String initial) {
        return JobCalls.sums(name, "filesystem")
                .replace(
                        "\"state\":",
                        "\"restart\": {\"strategy\": \"EXPONENTIAL\", \"initial\": \"" + initial
                                + "\", \"max\": \"PT1M\", \"maxAttempts\": 3}, \"state\":");
    }

    private static JsonPath awaitEpoch(String job, int epoch) {
        JsonPath found = jobs.awaitState(job, "RUNNING");
        while (found.getInt("instance.epoch") < epoch) {
            found = jobs.awaitState(job, "RUNNING");
        }
        return found;
    }

    @Test
    void startsAFailedInstanceAgainFromTheHeadUnderANewEpoch() {
        jobs.run(restarting("again", "PT0.01S"));
        int head = jobs.snapshot("again");

        faults.breakJob("again");

        JsonPath job = awaitEpoch("again", 2);
        assertThat(job.getInt("head.number")).isEqualTo(head);
        assertThat(job.getString("instance.restoredFrom")).isEqualTo(job.getString("head.id"));
        JsonPath runs = jobs.get("again", "/instances");
        assertThat(runs.getString("items[0].startedBecause")).isEqualTo("RESTART");
        assertThat(runs.getString("items[1].endedBecause")).isEqualTo("FAILED");
        assertThat(runs.getString("items[1].problem.code")).isEqualTo("operator-failed");
        jobs.done("again", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void startsFromNothingAgainWhatBeganFromNothingAndHasNoVersionYet() {
        jobs.run(restarting("nothing", "PT0.01S"));
        jobs.snapshot("nothing");
        jobs.done("nothing", "stop", "{\"mode\": \"CANCEL\"}");
        jobs.done("nothing", "start", "{\"from\": \"EMPTY\"}");

        faults.breakJob("nothing");

        assertThat(awaitEpoch("nothing", 3).getString("instance.restoredFrom")).isNull();
        jobs.done("nothing", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void stopsAJobThatWaitsForItsNextRestart() {
        jobs.run(restarting("waiting", "PT30S"));
        faults.breakJob("waiting");
        awaitEpoch("waiting", 2);
        faults.breakJob("waiting");
        JsonPath waiting = jobs.awaitState("waiting", "RESTARTING");
        while (waiting.getString("problem") == null) {
            waiting = jobs.awaitState("waiting", "RESTARTING");
        }
        assertThat(waiting.getString("problem.code")).isEqualTo("operator-failed");
        assertThat(waiting.getString("desired")).isEqualTo("RUNNING");
        jobs.post("waiting", "start", "{}").statusCode(409).body("code", equalTo("already-running"));

        JsonPath stopped = jobs.done("waiting", "stop", "{}");

        assertThat(stopped.getString("result.state")).isEqualTo("STOPPED");
        assertThat(stopped.getString("result.problem")).isNull();
    }

    @Test
    void givesUpAfterTheLastAttemptAndLeavesOtherJobsAlone() {
        jobs.run(restarting("healthy", "PT0.01S"));
        jobs.run(restarting("hopeless", "PT0.01S"));

        faults.refuseStarts(10);
        faults.breakJob("hopeless");

        JsonPath failed = jobs.awaitState("hopeless", "FAILED");
        assertThat(failed.getString("problem.detail")).contains("3 restarts").contains("planted refusal");
        assertThat(failed.getString("desired")).isEqualTo("STOPPED");
        assertThat(jobs.get("hopeless", "/instances").getList("items")).hasSize(4);
        faults.refuseStarts(0);
        assertThat(jobs.get("healthy", "").getInt("instance.epoch")).isEqualTo(1);
        assertThat(jobs.get("healthy", "").getString("state")).isEqualTo("RUNNING");
        jobs.done("healthy", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void failsAStartThatNeverRanWithoutTryingAgain() {
        jobs.submit(restarting("never", "PT0.01S"));
        faults.refuseStarts(1);

        JsonPath operation = jobs.operation("never", "start", "{}");

        assertThat(operation.getString("state")).isEqualTo("FAILED");
        assertThat(operation.getString("problem.code")).isEqualTo("start-failed");
        assertThat(operation.getString("problem.detail")).contains("planted refusal");
        JsonPath job = jobs.get("never", "");
        assertThat(job.getString("state")).isEqualTo("FAILED");
        assertThat(job.getString("desired")).isEqualTo("STOPPED");
        jobs.done("never", "start", "{}");
        assertThat(jobs.get("never", "").getString("problem")).isNull();
        jobs.done("never", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void stopsAJobThatDoesNotComeUp() {
        jobs.submit(restarting("stuck", "PT0.01S"));
        faults.holdBack(true);
        try {
            jobs.post("stuck", "start", "{}").statusCode(202);
            jobs.awaitState("stuck", "STARTING");

            JsonPath stopped = jobs.done("stuck", "stop", "{\"mode\": \"CANCEL\"}");

            assertThat(stopped.getString("result.state")).isEqualTo("STOPPED");
        } finally {
            faults.holdBack(false);
        }
    }

    @Test
    void bringsHeadAndInstanceBackWhenTheRestoredOneDoesNotComeUp() {
        jobs.run(restarting("comeback", "PT0.01S"));
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
        jobs.run(restarting("unpromoted", "PT0.01S"));
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
    void holdsTheTargetOfARestoreFromItsAcceptanceOn() {
        jobs.run(restarting("accepted", "PT0.01S"));
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
    void refusesAStartThatWasComputedFromAnotherHead() {
        jobs.run(restarting("outdated", "PT0.01S"));
        int first = jobs.snapshot("outdated");
        jobs.done("outdated", "stop", "{}");
        Catalog catalog = server.part(Catalog.class);
        Job job = catalog.jobNamed("outdated").orElseThrow();
        Snapshot old = catalog.snapshot(job.id(), first).orElseThrow();
        try (Claim claim = server.part(Lifecycle.class).claim(job, "main", "test")) {
            Launch launch = new Launch(Launch.START, 1, null, null, old.id(), List.of(), false, null);
            assertThatExceptionOfType(StrandlineException.class)
                    .isThrownBy(() -> claim.start(launch, CAUSE, List::of))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
        }
        assertThat(jobs.get("outdated", "/instances").getList("items")).hasSize(1);
    }

    @Test
    void takesARevertBackToo() {
        jobs.run(restarting("comeback-revert", "PT0.01S"));
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
    void runsTheOldPipelineAgainWhenTheNewOneDoesNotComeUp() {
        jobs.run(restarting("old-pipe", "PT0.01S"));
        faults.refuseStarts(1);

        JsonPath operation = given().spec(server.api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(restarting("old-pipe", "PT0.02S"))
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
    void givesARestoreUpWhenItIsCancelledAndRefusesOthersMeanwhile() {
        jobs.run(restarting("cancelled", "PT0.01S"));
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

    @Test
    void takesASnapshotOfAJobThatIsStillStarting() {
        String operation = given().spec(server.api())
                .contentType("application/json")
                .body(restarting("early", "PT0.01S"))
                .post("/api/v1/jobs?start=true")
                .then()
                .statusCode(201)
                .extract()
                .path("operationId");

        assertThat(operation).isNotBlank();
        assertThat(jobs.snapshot("early")).isPositive();
        jobs.done("early", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void keepsCommittedOutputThroughRestarts() throws IOException {
        jobs.run(restarting("output", "PT0.01S")
                .replace("\"emit\": \"NONE\"", "\"emit\": \"CHANGES\"")
                .replace(
                        "\"sinks\": []",
                        "\"sinks\": [{\"name\": \"out\", \"type\": \"file\", \"input\": \"by-key\","
                                + " \"path\": \"output\", \"format\": \"json\"}]"));
        int first = jobs.snapshot("output");
        faults.breakJob("output");
        awaitEpoch("output", 2);
        int second = jobs.snapshot("output");
        jobs.done("output", "stop", "{}");
        jobs.done("output", "start", "{}");

        assertThat(parts("output"))
                .anyMatch(part -> part.contains("-" + first + "-"))
                .anyMatch(part -> part.contains("-" + second + "-"));
        jobs.done("output", "restore", """
                {"to": %d, "mode": "ROLLBACK", "outputs": "LEAVE"}""".formatted(first));
        jobs.done("output", "stop", "{}");
        jobs.done("output", "start", "{}");
        assertThat(parts("output")).anyMatch(part -> part.contains("-" + second + "-"));
        jobs.done("output", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void letsOneOfManyStartsWin() throws InterruptedException {
        jobs.submit(restarting("race", "PT0.01S"));
        List<Integer> answers = new CopyOnWriteArrayList<>();
        List<Thread> callers = Stream.generate(() -> new Thread(() ->
                        answers.add(jobs.post("race", "start", "{}").extract().statusCode())))
                .limit(6)
                .toList();
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(answers).hasSize(6).containsOnlyOnce(202).contains(409);
        jobs.awaitState("race", "RUNNING");
        assertThat(jobs.get("race", "/instances").getList("items")).hasSize(1);
        jobs.done("race", "stop", "{\"mode\": \"CANCEL\"}");
    }

    private static List<String> parts(String path) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("files").resolve(path))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("part-"))
                    .toList();
        }
    }
}
