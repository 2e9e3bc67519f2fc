package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoveApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void undoesARollbackWithItsOutputAndItsHolds() {
        jobs.run(JobCalls.writing("undo-back"));
        int first = jobs.snapshot("undo-back");
        int second = jobs.snapshot("undo-back");
        JsonPath back = jobs.done("undo-back", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\"}");
        int old = back.getInt("result.previousHead.number");
        int since = jobs.snapshot("undo-back");
        assertThat(parts("undo-back")).noneMatch(part -> part.contains("-" + second + "-"));

        JsonPath undone =
                jobs.done("undo-back", "undo", "{\"safetySnapshot\": false, \"reason\": \"it was not the deploy\"}");

        assertThat(undone.getString("type")).isEqualTo("undo");
        assertThat(undone.getString("result.verb")).isEqualTo("UNDO");
        assertThat(undone.getInt("result.head.number")).isEqualTo(old);
        assertThat(undone.getInt("result.previousHead.number")).isEqualTo(since);
        assertThat(undone.getBoolean("result.started")).isTrue();
        assertThat(undone.getList("result.outputs.action")).contains("RETURNED", "WITHDRAWN");
        assertThat(parts("undo-back")).anyMatch(part -> part.contains("-" + second + "-"));
        assertThat(parts("undo-back")).noneMatch(part -> part.contains("-" + since + "-"));
        JsonPath job = jobs.get("undo-back", "");
        assertThat(job.getString("instance.restoredFrom")).isEqualTo(undone.getString("result.head.id"));
        assertThat(jobs.get("undo-back", "/instances").getString("items[0].startedBecause"))
                .isEqualTo("UNDO");
        assertThat(jobs.get("undo-back", "/snapshots/" + second + "/holds").getList("items"))
                .as("the window is closed over what the head is back at")
                .isEmpty();
        assertThat(jobs.get("undo-back", "/snapshots/" + since + "/holds").getList("items.reason"))
                .as("and open over what was left behind instead")
                .hasSize(1);
        assertThat(jobs.get("undo-back", "/branches/main/reflog").getList("items.verb"))
                .startsWith("UNDO", "CHECKPOINT", "ROLLBACK", "CHECKPOINT");
        jobs.post("undo-back", "undo", "{}").statusCode(409).body("code", equalTo("nothing-to-undo"));
        jobs.done("undo-back", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void undoesOneMoveAfterTheOther() {
        jobs.run(JobCalls.sums("undo-two", "filesystem"));
        int first = jobs.snapshot("undo-two");
        int second = jobs.snapshot("undo-two");
        int third = jobs.snapshot("undo-two");
        jobs.done("undo-two", "stop", "{\"mode\": \"CANCEL\"}");
        jobs.done("undo-two", "restore", "{\"to\": " + second + ", \"mode\": \"ROLLBACK\"}");
        long entry = jobs.get("undo-two", "/branches/main/reflog").getLong("items[0].sequence");
        int reverted = jobs.done("undo-two", "restore", "{\"to\": " + first + ", \"mode\": \"REVERT\"}")
                .getInt("result.head.number");

        jobs.post("undo-two", "undo", "{\"entry\": " + entry + "}")
                .statusCode(409)
                .body("code", equalTo("not-the-last-move"))
                .body("blockers[0].reason", equalTo("the REVERT to version " + reverted));
        assertThat(jobs.done("undo-two", "undo", "{}").getInt("result.head.number"))
                .isEqualTo(second);
        assertThat(jobs.done("undo-two", "undo", "{\"entry\": " + entry + "}").getInt("result.head.number"))
                .isEqualTo(third);
        jobs.post("undo-two", "undo", "{}").statusCode(409).body("code", equalTo("nothing-to-undo"));
        assertThat(jobs.get("undo-two", "").getString("state")).isEqualTo("STOPPED");
    }

    @Test
    void resetsToAnyVersionWhenThatIsMeant() {
        jobs.run(JobCalls.sums("reset", "filesystem"));
        int first = jobs.snapshot("reset");
        int second = jobs.snapshot("reset");
        jobs.done("reset", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}");
        int other = jobs.snapshot("reset");
        String to = "{\"to\": " + second + ", \"mode\": \"RESET\", \"safetySnapshot\": false";

        jobs.post("reset", "restore", to + ", \"expectedHead\": \"main\", \"reason\": \"r\"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/force"));
        jobs.post("reset", "restore", to + ", \"force\": true, \"expectedHead\": \"main\"}")
                .statusCode(422)
                .body("code", equalTo("reason-required"));
        jobs.post("reset", "restore", to + ", \"force\": true, \"reason\": \"r\"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expectedHead"));
        JsonPath reset = jobs.done(
                "reset", "restore", to + ", \"force\": true, \"reason\": \"r\", \"expectedHead\": " + other + "}");

        assertThat(reset.getInt("result.head.number")).isEqualTo(second);
        assertThat(jobs.get("reset", "/branches/main/reflog").getString("items[0].verb"))
                .isEqualTo("RESET");
        assertThat(jobs.get("reset", "/snapshots/" + other + "/holds").getList("items.kind"))
                .containsExactly("SYSTEM");
        assertThat(jobs.done("reset", "undo", "{\"safetySnapshot\": false}").getInt("result.head.number"))
                .isEqualTo(other);
        jobs.done("reset", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void movesAProtectedBranchForwardOnlyUnlessByANewVersion() {
        jobs.run(JobCalls.sums("guarded", "filesystem"));
        int first = jobs.snapshot("guarded");
        int second = jobs.snapshot("guarded");
        jobs.done("guarded", "stop", "{\"mode\": \"CANCEL\"}");
        protect("guarded");

        jobs.post("guarded", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\"}")
                .statusCode(409)
                .body("code", equalTo("protected"))
                .body("blockers[0].releaseHref", equalTo("/api/v1/jobs/guarded/branches/main"));
        jobs.post("guarded", "restore", """
                        {"to": %d, "mode": "RESET", "force": true, "reason": "r", "expectedHead": %d}""".formatted(first, second))
                .statusCode(409)
                .body("code", equalTo("protected"));
        int reverted = jobs.done("guarded", "restore", "{\"to\": " + first + ", \"mode\": \"REVERT\"}")
                .getInt("result.head.number");
        assertThat(reverted).isGreaterThan(second);
        jobs.post("guarded", "undo", "{}").statusCode(409).body("code", equalTo("protected"));
        assertThat(jobs.get("guarded", "").getInt("head.number")).isEqualTo(reverted);
    }

    @Test
    void fastForwardsWithWhatRunsAndWhatDoesNot() {
        jobs.run(JobCalls.sums("ahead", "filesystem"));
        int first = jobs.snapshot("ahead");
        fork("ahead", "last-good", "main");
        fork("ahead", "side", "main");
        int second = jobs.snapshot("ahead");

        JsonPath moved = jobs.done(
                "ahead",
                "fast-forward",
                "{\"branch\": \"last-good\", \"to\": \"main\", \"expectedHead\": " + first + "}");

        assertThat(moved.getInt("result.previousHead.number")).isEqualTo(first);
        assertThat(moved.getInt("result.head.number")).isEqualTo(second);
        assertThat(moved.getBoolean("result.started")).isFalse();
        assertThat(jobs.get("ahead", "/branches/last-good").getInt("head.number"))
                .isEqualTo(second);
        jobs.post("ahead", "fast-forward", "{\"branch\": \"side\", \"to\": \"main\"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expectedHead"));

        jobs.done("ahead", "start?branch=side", "{}");
        int aside = jobs.done("ahead", "snapshots", "{\"branch\": \"side\"}").getInt("result.number");
        jobs.post("ahead", "fast-forward", "{\"to\": \"side\", \"expectedHead\": " + second + "}")
                .statusCode(409)
                .body("code", equalTo("diverged"))
                .body("mergeBase.number", equalTo(first))
                .body("currentHead.number", equalTo(second));
        jobs.done("ahead", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}");
        JsonPath ran = jobs.done("ahead", "fast-forward", "{\"to\": \"side\", \"expectedHead\": " + first + "}");
        assertThat(ran.getInt("result.head.number")).isEqualTo(aside);
        JsonPath main = jobs.get("ahead", "");
        assertThat(main.getString("state")).isEqualTo("RUNNING");
        assertThat(main.getString("instance.restoredFrom")).isEqualTo(ran.getString("result.head.id"));
        assertThat(jobs.get("ahead", "/branches/side").getString("state")).isEqualTo("RUNNING");
        assertThat(jobs.done("ahead", "undo", "{\"safetySnapshot\": false}").getInt("result.head.number"))
                .isEqualTo(first);
        jobs.done("ahead", "stop?branch=side", "{\"mode\": \"CANCEL\"}");
        jobs.done("ahead", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void promotesAForkAndTakesThatBack() {
        jobs.run(JobCalls.writing("promote"));
        int base = jobs.snapshot("promote");
        jobs.done("promote", "branches", """
                {"name": "trial", "from": "main",
                 "start": {"sinks": {"out": {"mode": "REDIRECT", "path": "promote-trial"}}}}""");
        int tried = jobs.done("promote", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        int old = jobs.snapshot("promote");

        JsonPath promoted = jobs.done("promote", "promote", """
                {"branch": "trial", "expectedHead": %d, "expectedMainHead": %d, "safetySnapshot": false,
                 "reason": "it works"}""".formatted(tried, old));

        assertThat(promoted.getInt("result.previousHead.number")).isEqualTo(old);
        assertThat(promoted.getString("result.tag")).isEqualTo("before-promote-" + old);
        assertThat(promoted.getString("result.safetySnapshot")).isNull();
        int taken = promoted.getInt("result.forkSnapshot.snapshot.number");
        assertThat(promoted.getInt("result.head.number")).isEqualTo(taken);
        assertThat(jobs.get("promote", "/tags/before-promote-" + old).getInt("snapshot.number"))
                .isEqualTo(old);
        assertThat(jobs.get("promote", "/branches/trial").getString("state")).isEqualTo("STOPPED");
        assertThat(jobs.get("promote", "/branches/trial").getInt("head.number")).isEqualTo(taken);
        JsonPath main = jobs.get("promote", "");
        assertThat(main.getString("state")).isEqualTo("RUNNING");
        assertThat(main.getString("instance.restoredFrom")).isEqualTo(promoted.getString("result.head.id"));
        assertThat(parts("promote"))
                .as("what main wrote since the fork is taken back, what the fork wrote stays where it is")
                .anyMatch(part -> part.contains("-" + base + "-"))
                .noneMatch(part -> part.contains("-" + old + "-"));
        assertThat(parts("promote-trial")).anyMatch(part -> part.contains("-" + tried + "-"));
        int next = jobs.snapshot("promote");
        assertThat(jobs.get("promote", "/snapshots/" + next).getString("parent"))
                .isEqualTo(promoted.getString("result.head.id"));

        JsonPath undone = jobs.done("promote", "undo", "{\"safetySnapshot\": false}");
        assertThat(undone.getInt("result.head.number")).isEqualTo(old);
        assertThat(parts("promote"))
                .anyMatch(part -> part.contains("-" + old + "-"))
                .noneMatch(part -> part.contains("-" + next + "-"));
        jobs.done("promote", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void promotesOnlyAForkAndOnlyFromTheHeadsThatAreNamed() {
        jobs.run(JobCalls.writing("unnamed"));
        int base = jobs.snapshot("unnamed");
        jobs.post("unnamed", "branches", "{\"name\": \"trial\", \"from\": \"main\"}")
                .statusCode(201);
        jobs.snapshot("unnamed");
        jobs.done("unnamed", "stop", "{\"mode\": \"CANCEL\"}");

        jobs.post("unnamed", "promote", "{\"branch\": \"trial\", \"expectedHead\": " + base + "}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expectedMainHead"));
        jobs.post("unnamed", "promote", "{\"branch\": \"main\", \"expectedHead\": 1}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/branch"));
        jobs.post(
                        "unnamed",
                        "promote",
                        "{\"branch\": \"trial\", \"expectedHead\": %d, \"expectedMainHead\": %d}".formatted(base, base))
                .statusCode(409)
                .body("code", equalTo("head-moved"))
                .body("detail", containsString("head of main"));
    }

    @Test
    void showsForksRestoresTagsAndHeadsInTheLineage() {
        jobs.run(JobCalls.sums("family", "filesystem"));
        int first = jobs.done("family", "snapshots", "{\"tag\": \"good\"}").getInt("result.number");
        fork("family", "side", "good");
        int second = jobs.snapshot("family");
        jobs.done("family", "stop", "{\"mode\": \"CANCEL\"}");
        int reverted = jobs.done("family", "restore", "{\"to\": \"good\", \"mode\": \"REVERT\"}")
                .getInt("result.head.number");

        JsonPath up = jobs.get("family", "/snapshots/main/lineage");
        assertThat(up.getList("items.snapshot.number")).containsExactly(reverted, second, first);
        assertThat(up.getList("items.heads")).containsExactly(List.of("main"), List.of(), List.of("side"));
        assertThat(up.getList("items.forks")).containsExactly(List.of(), List.of(), List.of("side"));
        assertThat(up.getList("items[2].snapshot.tags")).containsExactly("good");
        assertThat(up.getString("items[0].snapshot.base")).isEqualTo(up.getString("items[2].snapshot.id"));
        assertThat(up.getBoolean("truncated")).isFalse();
        assertThat(jobs.get("family", "/snapshots/good/lineage?direction=DESCENDANTS&depth=1")
                        .getList("items.snapshot.number"))
                .containsExactly(first, second);
    }

    @Test
    void refusesToUndoWhenTheOldHeadHasGone() {
        jobs.run(JobCalls.sums("undo-gone", "filesystem"));
        int first = jobs.snapshot("undo-gone");
        jobs.done("undo-gone", "stop", "{\"mode\": \"CANCEL\"}");
        int reverted = jobs.done("undo-gone", "restore", "{\"to\": " + first + ", \"mode\": \"REVERT\"}")
                .getInt("result.head.number");
        jobs.done("undo-gone", "start", "{}");
        jobs.snapshot("undo-gone");
        jobs.done("undo-gone", "stop", "{\"mode\": \"CANCEL\"}");
        String path = "/api/v1/jobs/undo-gone/snapshots/" + first;
        given().spec(api()).delete(path).then().statusCode(200);

        jobs.post("undo-gone", "undo", "{}")
                .statusCode(409)
                .body("code", equalTo("snapshot-trashed"))
                .body("blockers[0].kind", equalTo("snapshot"))
                .body("blockers[0].releaseHref", containsString("/undelete"));
        given().spec(api())
                .contentType("application/json")
                .body("{\"reason\": \"r\"}")
                .post(path + "/undelete")
                .then()
                .statusCode(200);
        assertThat(jobs.done("undo-gone", "undo", "{}").getInt("result.head.number"))
                .isEqualTo(first);
        assertThat(jobs.get("undo-gone", "/snapshots/" + reverted + "/holds").getList("items.kind"))
                .containsExactly("SYSTEM");
    }

    private void protect(String job) {
        String path = "/api/v1/jobs/" + job + "/branches/main";
        String etag = given().spec(api()).get(path).header("ETag");
        given().spec(api())
                .contentType("application/merge-patch+json")
                .header("If-Match", etag)
                .body("{\"protection\": {\"resettable\": false}}")
                .patch(path)
                .then()
                .statusCode(200);
    }

    private void fork(String job, String name, String from) {
        jobs.post(job, "branches", "{\"name\": \"" + name + "\", \"from\": \"" + from + "\"}")
                .statusCode(201);
    }
}
