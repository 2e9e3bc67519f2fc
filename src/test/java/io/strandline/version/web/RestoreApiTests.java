package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void rollsARunningJobBackAndTakesItsOutputWithIt() {
        jobs.run(JobCalls.writing("restore-back"));
        int first = jobs.snapshot("restore-back");
        int second = jobs.snapshot("restore-back");
        List<String> before = parts("restore-back");
        assertThat(before).anyMatch(part -> part.contains("-" + second + "-"));

        JsonPath restored = jobs.done("restore-back", "restore", """
                {"to": %d, "mode": "ROLLBACK", "reason": "bad deploy"}""".formatted(first));

        assertThat(restored.getInt("result.snapshot.number")).isEqualTo(first);
        assertThat(restored.getInt("result.head.number")).isEqualTo(first);
        assertThat(restored.getBoolean("result.started")).isTrue();
        int safety = restored.getInt("result.safetySnapshot.snapshot.number");
        assertThat(restored.getInt("result.previousHead.number")).isEqualTo(safety);
        assertThat(restored.getList("result.outputs.action")).contains("WITHDRAWN");
        assertThat(parts("restore-back")).noneMatch(part -> part.contains("-" + second + "-"));
        JsonPath job = jobs.get("restore-back", "");
        assertThat(job.getString("state")).isEqualTo("RUNNING");
        assertThat(job.getString("instance.restoredFrom")).isEqualTo(restored.getString("result.snapshot.id"));
        JsonPath holds = jobs.get("restore-back", "/snapshots/" + second + "/holds");
        assertThat(holds.getString("items[0].kind")).isEqualTo("SYSTEM");
        assertThat(holds.getString("items[0].expiresAt")).isNotNull();
        given().spec(api())
                .delete("/api/v1/jobs/restore-back/snapshots/" + second + "/holds/" + holds.getString("items[0].id"))
                .then()
                .statusCode(409)
                .body("code", equalTo("system-hold"));
        JsonPath reflog = jobs.get("restore-back", "/branches/main/reflog");
        assertThat(reflog.getList("items.verb")).containsExactly("ROLLBACK", "CHECKPOINT");
        assertThat(reflog.getInt("items[0].from.number")).isEqualTo(restored.getInt("result.previousHead.number"));
        assertThat(reflog.getInt("items[0].to.number")).isEqualTo(restored.getInt("result.head.number"));
        assertThat(reflog.getString("items[0].reason")).isEqualTo("bad deploy");
        assertThat(reflog.getString("items[0].operationId")).isEqualTo(restored.getString("id"));
        int next = jobs.snapshot("restore-back");
        assertThat(jobs.get("restore-back", "/snapshots/" + next).getString("parent"))
                .isEqualTo(restored.getString("result.snapshot.id"));
        jobs.done("restore-back", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void revertsToAnyVersionByCommittingANewOne() {
        jobs.run(JobCalls.sums("restore-revert", "rocksdb"));
        int first = jobs.snapshot("restore-revert");
        int second = jobs.snapshot("restore-revert");
        jobs.done("restore-revert", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\"}");

        JsonPath reverted = jobs.done("restore-revert", "restore", """
                {"to": "%d", "mode": "REVERT", "safetySnapshot": false}""".formatted(second));

        int head = reverted.getInt("result.head.number");
        assertThat(head).isGreaterThan(second);
        assertThat(reverted.getString("result.safetySnapshot")).isNull();
        JsonPath version = jobs.get("restore-revert", "/snapshots/" + head);
        JsonPath target = jobs.get("restore-revert", "/snapshots/" + second);
        assertThat(version.getString("kind")).isEqualTo("RESTORED");
        assertThat(version.getString("revertsTo")).isEqualTo(target.getString("id"));
        assertThat(version.getString("base")).isEqualTo(target.getString("id"));
        assertThat(version.getString("sources")).isEqualTo(target.getString("sources"));
        assertThat(version.getLong("newBytes")).isZero();
        assertThat(jobs.get("restore-revert", "").getString("instance.restoredFrom"))
                .isEqualTo(version.getString("id"));
        assertThat(jobs.get("restore-revert", "/branches/main/reflog").getList("items.verb"))
                .startsWith("REVERT");
        jobs.done("restore-revert", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void leavesAStoppedJobStopped() {
        jobs.run(JobCalls.sums("restore-stopped", "filesystem"));
        int first = jobs.snapshot("restore-stopped");
        jobs.done("restore-stopped", "stop", "{}");

        JsonPath restored = jobs.done("restore-stopped", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\"}");

        assertThat(restored.getBoolean("result.started")).isFalse();
        JsonPath job = jobs.get("restore-stopped", "");
        assertThat(job.getString("state")).isEqualTo("STOPPED");
        assertThat(job.getInt("head.number")).isEqualTo(first);
    }

    @Test
    void refusesWhatIsNoAncestorAndAHeadThatMoved() {
        jobs.run(JobCalls.sums("restore-head", "filesystem"));
        int first = jobs.snapshot("restore-head");
        int second = jobs.snapshot("restore-head");

        jobs.done("restore-head", "restore", """
                {"to": %d, "mode": "ROLLBACK", "expectedHead": %d, "safetySnapshot": false}""".formatted(first, first));
        jobs.post("restore-head", "restore", "{\"to\": " + second + ", \"mode\": \"ROLLBACK\"}")
                .statusCode(409)
                .body("code", equalTo("not-an-ancestor"));
        jobs.post("restore-head", "restore", """
                        {"to": %d, "mode": "REVERT", "expectedHead": %d}""".formatted(first, second))
                .statusCode(409)
                .body("code", equalTo("head-moved"))
                .body("currentHead.number", equalTo(first));
        assertThat(jobs.get("restore-head", "").getString("state")).isEqualTo("RUNNING");
        jobs.done("restore-head", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void asksWhichPipelineRunsWhenTheVersionHasAnother() {
        jobs.run(JobCalls.sums("restore-pipe", "filesystem"));
        int first = jobs.snapshot("restore-pipe");
        jobs.done("restore-pipe", "stop", "{}");
        given().spec(api())
                .contentType("application/json")
                .body(JobCalls.sums("restore-pipe", "rocksdb"))
                .put("/api/v1/jobs/restore-pipe/pipeline")
                .then()
                .statusCode(200);

        jobs.post("restore-pipe", "restore", "{\"to\": " + first + ", \"mode\": \"ROLLBACK\"}")
                .statusCode(422)
                .body("code", equalTo("pipeline-choice-required"))
                .body("compatibility.states.state", hasItem("aggregates"));
        jobs.done("restore-pipe", "restore", """
                {"to": %d, "mode": "ROLLBACK", "pipeline": "SNAPSHOT", "start": true}""".formatted(first));

        JsonPath job = jobs.get("restore-pipe", "");
        assertThat(job.getInt("pipelineVersion")).isEqualTo(1);
        assertThat(job.getString("instance.backend")).isEqualTo("filesystem");
        jobs.done("restore-pipe", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesADamagedVersionAndLeavesTheJobAlone() throws IOException {
        jobs.run(JobCalls.sums("restore-damaged", "filesystem"));
        int first = jobs.snapshot("restore-damaged");
        jobs.done("restore-damaged", "stop", "{}");
        jobs.done("restore-damaged", "start", "{}");
        String instance = jobs.get("restore-damaged", "").getString("instance.id");
        damage(jobs.get("restore-damaged", "/snapshots/" + first + "/manifest").<String>getList("layers.digest"));

        jobs.post("restore-damaged", "restore", "{\"to\": " + first + ", \"mode\": \"REVERT\"}")
                .statusCode(409)
                .body("code", equalTo("damaged"))
                .body("errors[0].pointer", notNullValue());

        assertThat(jobs.get("restore-damaged", "").getString("instance.id")).isEqualTo(instance);
        jobs.done("restore-damaged", "stop", "{\"mode\": \"CANCEL\"}");
    }

    private static void damage(List<String> digests) throws IOException {
        for (String digest : digests) {
            Path blob = DATA_DIRECTORY.resolve("store/blobs/sha256/" + digest.substring("sha256:".length()));
            byte[] bytes = Files.readAllBytes(blob);
            bytes[bytes.length / 2] ^= 1;
            Files.write(blob, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }
}
