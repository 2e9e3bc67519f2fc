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
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void plantNothingMore() {
        faults.refuseStarts(0);
    }

    private static JsonPath awaitEpoch(String job, int epoch) {
        JsonPath found = jobs.awaitState(job, "RUNNING");
        while (found.getInt("instance.epoch") < epoch) {
            found = jobs.awaitState(job, "RUNNING");
        }
        return found;
    }

    @Test
    void aForkThatFailsTouchesNothingOfItsParent() {
        jobs.run(JobCalls.restarting("kin", "PT0.01S"));
        jobs.snapshot("kin");
        jobs.done("kin", "branches", "{\"name\": \"trial\", \"from\": \"main\", \"start\": {}}");
        String parent = jobs.get("kin", "").getString("instance.id");
        int head = jobs.snapshot("kin");

        faults.breakJob("kin"); // the fork: it was started last

        jobs.await(
                "kin",
                "trial",
                trial -> "RUNNING".equals(trial.getString("state")) && trial.getInt("instance.epoch") > 2,
                "running again");
        assertThat(jobs.get("kin", "").getString("instance.id")).isEqualTo(parent);
        faults.refuseStarts(10);
        faults.breakJob("kin");
        jobs.await("kin", "trial", trial -> "FAILED".equals(trial.getString("state")), "given up");
        JsonPath main = jobs.get("kin", "");
        assertThat(main.getString("state")).isEqualTo("RUNNING");
        assertThat(main.getString("instance.id")).isEqualTo(parent);
        assertThat(main.getInt("head.number")).isEqualTo(head);
        assertThat(main.getString("problem")).isNull();
        assertThat(jobs.get("kin", "/branches/main/reflog").getList("items.verb"))
                .containsExactly("CHECKPOINT");
        int next = jobs.snapshot("kin");
        assertThat(jobs.get("kin", "/snapshots/" + next).getString("parent")).isEqualTo(main.getString("head.id"));
        jobs.done("kin", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void startsAFailedInstanceAgainFromTheHeadUnderANewEpoch() {
        jobs.run(JobCalls.restarting("again", "PT0.01S"));
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
    void waitsAMomentBeforeItTriesAgainAfterAnError() {
        jobs.run(JobCalls.restarting("error", "PT0.01S"));
        jobs.snapshot("error");
        long begin = System.nanoTime();
        faults.failChecks(1);

        faults.breakJob("error");

        awaitEpoch("error", 2);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        jobs.done("error", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void startsFromNothingAgainWhatBeganFromNothingAndHasNoVersionYet() {
        jobs.run(JobCalls.restarting("nothing", "PT0.01S"));
        jobs.snapshot("nothing");
        jobs.done("nothing", "stop", "{\"mode\": \"CANCEL\"}");
        jobs.done("nothing", "start", "{\"from\": \"EMPTY\"}");

        faults.breakJob("nothing");

        assertThat(awaitEpoch("nothing", 3).getString("instance.restoredFrom")).isNull();
        jobs.done("nothing", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void stopsAJobThatWaitsForItsNextRestart() {
        jobs.run(JobCalls.restarting("waiting", "PT30S"));
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
        jobs.run(JobCalls.restarting("healthy", "PT0.01S"));
        jobs.run(JobCalls.restarting("hopeless", "PT0.01S"));

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
        jobs.submit(JobCalls.restarting("never", "PT0.01S"));
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
        jobs.submit(JobCalls.restarting("stuck", "PT0.01S"));
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
    void refusesAStartThatWasComputedFromAnotherHead() {
        jobs.run(JobCalls.restarting("outdated", "PT0.01S"));
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
    void takesASnapshotOfAJobThatIsStillStarting() {
        String operation = given().spec(server.api())
                .contentType("application/json")
                .body(JobCalls.restarting("early", "PT0.01S"))
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
        jobs.run(JobCalls.restarting("output", "PT0.01S")
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
        jobs.submit(JobCalls.restarting("race", "PT0.01S"));
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
