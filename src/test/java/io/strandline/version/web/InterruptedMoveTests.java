package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.PowerCuts;
import io.strandline.catalog.Catalog;
import io.strandline.engine.connector.part.PartName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each move of a head with the power cut after each of its journal entries: a job for every cut, all on one server, which is
 * then started again.
 */
class InterruptedMoveTests {

    private static final int MOST_ENTRIES = 7;

    /** The hold on the target, and the operation. */
    private static final int TO_ACCEPT = 2;

    @TempDir
    Path directory;

    /** A move, and what is known of its job. */
    private record Cut(String job, String verb, String body, int old, int wanted, int entries) {

        boolean promotes() {
            return verb.equals("promote");
        }
    }

    @Test
    void areMadeOrNotWhereverThePowerIsCut() throws IOException {
        List<Cut> cuts = new ArrayList<>();
        try (OwnServer server = OwnServer.on(directory, PowerCuts.class)) {
            for (int entries = 0; entries < MOST_ENTRIES; entries++) {
                cuts.add(rollback(server.jobs(), entries));
                if (entries >= TO_ACCEPT) { // up to there all are alike
                    cuts.add(revert(server.jobs(), entries));
                    cuts.add(fastForward(server.jobs(), entries));
                    cuts.add(promotion(server.jobs(), entries));
                    cuts.add(undo(server.jobs(), entries));
                }
            }
            for (Cut cut : cuts) {
                String id = server.jobs().get(cut.job(), "").getString("id");
                server.part(PowerCuts.class).after(cut.entries(), id);
                given().spec(server.api())
                        .contentType("application/json")
                        .header("Prefer", "wait=30")
                        .body(cut.body())
                        .post("/api/v1/jobs/" + cut.job() + "/" + cut.verb());
            }
        }
        int made = 0;
        int left = 0;
        try (OwnServer server = OwnServer.on(directory)) {
            for (Cut cut : cuts) {
                boolean moved = check(server, cut);
                made += moved ? 1 : 0;
                left += moved ? 0 : 1;
            }
            assertThat(server.part(Catalog.class).systemHolds("operation:")).isEmpty();
        }
        assertThat(made)
                .as("moves that were made, at once or after the restart")
                .isPositive();
        assertThat(left).as("moves that nobody had been promised yet").isPositive();
    }

    private static Cut rollback(JobCalls jobs, int entries) {
        String job = run(jobs, "rollback-" + entries);
        int first = jobs.snapshot(job);
        int old = jobs.snapshot(job);
        return new Cut(job, "restore", restore(first, "ROLLBACK"), old, first, entries);
    }

    private static Cut revert(JobCalls jobs, int entries) {
        String job = run(jobs, "revert-" + entries);
        int first = jobs.snapshot(job);
        int old = jobs.snapshot(job);
        return new Cut(job, "restore", restore(first, "REVERT"), old, -1, entries);
    }

    private static Cut fastForward(JobCalls jobs, int entries) {
        String job = run(jobs, "forward-" + entries);
        int first = jobs.snapshot(job);
        int second = jobs.snapshot(job);
        jobs.done(job, "restore", restore(first, "ROLLBACK"));
        return new Cut(
                job,
                "fast-forward",
                "{\"to\": " + second + ", \"expectedHead\": " + first + "}",
                first,
                second,
                entries);
    }

    private static Cut promotion(JobCalls jobs, int entries) {
        String job = run(jobs, "promote-" + entries);
        jobs.snapshot(job);
        jobs.done(job, "branches", """
                {"name": "trial", "from": "main",
                 "start": {"sinks": {"out": {"mode": "REDIRECT", "path": "%s-trial"}}}}""".formatted(job));
        int tried = jobs.done(job, "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        jobs.done(job, "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        jobs.done(job, "start?branch=trial", "{}");
        int old = jobs.snapshot(job);
        String body = """
                {"branch": "trial", "expectedHead": %d, "expectedMainHead": %d, "safetySnapshot": false}""".formatted(tried, old);
        return new Cut(job, "promote", body, old, -1, entries);
    }

    private static Cut undo(JobCalls jobs, int entries) {
        String job = run(jobs, "undo-" + entries);
        int first = jobs.snapshot(job);
        int second = jobs.snapshot(job);
        jobs.done(job, "restore", restore(first, "ROLLBACK"));
        int old = jobs.snapshot(job);
        return new Cut(job, "undo", "{\"safetySnapshot\": false}", old, second, entries);
    }

    private static String restore(int to, String mode) {
        return "{\"to\": " + to + ", \"mode\": \"" + mode + "\", \"safetySnapshot\": false}";
    }

    private static String run(JobCalls jobs, String name) {
        jobs.run(JobCalls.writing(name)
                .replace("\"partitions\": 2", "\"partitions\": 1")
                .replace("\"rate\": 1000", "\"rate\": 100"));
        return name;
    }

    /** Whether the move was made; then all of it was, else nothing. */
    private boolean check(OwnServer server, Cut cut) throws IOException {
        JobCalls jobs = server.jobs();
        Optional<JsonPath> operation = ended(server, cut);
        boolean moved = operation
                .filter(ended -> ended.getString("state").equals("SUCCEEDED"))
                .isPresent();
        String story = cut + ": " + operation.map(JsonPath::prettify).orElse("never accepted");
        JsonPath main = jobs.awaitState(cut.job(), "RUNNING");
        int head = main.getInt("head.number");
        if (moved) {
            assertThat(head).as(story).isNotEqualTo(cut.old());
            assertThat(cut.wanted()).as(story).isIn(-1, head);
            assertThat(operation.orElseThrow().getInt("result.head.number"))
                    .as(story)
                    .isEqualTo(head);
        } else {
            operation.ifPresent(ended ->
                    assertThat(ended.getString("problem.code")).as(story).isEqualTo("interrupted"));
            assertThat(head).as(story).isEqualTo(cut.old());
        }
        assertThat(main.getString("instance.restoredFrom")).as(story).isEqualTo(main.getString("head.id"));
        if (cut.promotes()) {
            String state = moved ? "STOPPED" : "RUNNING";
            jobs.await(cut.job(), "trial", trial -> state.equals(trial.getString("state")), state + ", " + story);
        }
        assertOutputAgrees(jobs, cut, story);
        int next = jobs.snapshot(cut.job());
        assertThat(jobs.get(cut.job(), "/snapshots/" + next).getString("parent"))
                .as(story)
                .isEqualTo(main.getString("head.id"));
        return moved;
    }

    private static Optional<JsonPath> ended(OwnServer server, Cut cut) {
        String path = "/api/v1/operations?limit=1&type=" + cut.verb() + "&job=" + cut.job();
        String id = given().spec(server.api()).get(path).jsonPath().getString("items[0].id");
        return Optional.ofNullable(id)
                .map(found -> given().spec(server.api())
                        .header("Prefer", "wait=30")
                        .get("/api/v1/operations/" + found)
                        .jsonPath());
    }

    /** What main's sink shows is what the versions that its head descends from made on main. */
    private void assertOutputAgrees(JobCalls jobs, Cut cut, String story) throws IOException {
        JsonPath line = jobs.get(cut.job(), "/snapshots/main/lineage?depth=50");
        Set<Long> made = new HashSet<>();
        for (int i = 0; i < line.getList("items").size(); i++) {
            String version = "items[" + i + "].snapshot.";
            if (line.getString(version + "branch").equals("main")
                    && !line.getString(version + "kind").equals("RESTORED")) {
                made.add(line.getLong(version + "number"));
            }
        }
        Set<Long> shown = new HashSet<>();
        try (Stream<Path> files = Files.list(directory.resolve("files").resolve(cut.job()))) {
            files.flatMap(file -> PartName.parse(file.getFileName().toString()).stream())
                    .filter(part -> !part.staged())
                    .forEach(part -> shown.add(part.number()));
        }
        if (!cut.job().startsWith("revert")) {
            assertThat(shown).as(story).isEqualTo(made);
        }
    }
}
