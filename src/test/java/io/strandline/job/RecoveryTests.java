package io.strandline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when the server stops and comes up again. */
class RecoveryTests {

    @TempDir
    Path directory;

    @Test
    void goesOnFromTheHeadsOfWhatShouldRun() {
        int head;
        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("running", "rocksdb"));
            head = jobs.snapshot("running");
            jobs.run(JobCalls.sums("stopped", "filesystem"));
            jobs.done("stopped", "stop", "{}");
            jobs.run(JobCalls.sums("volatile", "memory"));
            jobs.snapshot("volatile");
        }

        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            JsonPath running = jobs.awaitState("running", "RUNNING");
            assertThat(running.getInt("head.number")).isEqualTo(head);
            assertThat(running.getString("instance.restoredFrom")).isEqualTo(running.getString("head.id"));
            JsonPath runs = jobs.get("running", "/instances");
            assertThat(runs.getString("items[0].startedBecause")).isEqualTo("RECOVERY");
            assertThat(runs.getString("items[1].endedBecause")).isEqualTo("SHUTDOWN");
            assertThat(jobs.snapshot("running")).isGreaterThan(head);
            assertThat(jobs.get("stopped", "").getString("state")).isEqualTo("STOPPED");

            JsonPath lost = jobs.awaitState("volatile", "FAILED");
            assertThat(lost.getString("problem.code")).isEqualTo("state-lost");
            assertThat(jobs.operation("volatile", "start", "{}").getString("problem.code"))
                    .isEqualTo("state-lost");
            jobs.done("volatile", "start", "{\"from\": \"EMPTY\"}");
            jobs.snapshot("volatile");
        }
    }

    @Test
    void failsOrFallsBackWhenTheHeadIsDamagedAsThePipelineSays() throws IOException {
        int first;
        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("strict", "filesystem"));
            jobs.run(JobCalls.sums("lenient", "filesystem")
                    .replace("\"state\":", "\"restart\": {\"fallback\": \"INTACT_ANCESTOR\"}, \"state\":"));
            first = jobs.snapshot("lenient");
            damageHead(
                    jobs,
                    "lenient",
                    jobs.get("lenient", "/snapshots/" + first + "/manifest").getList("layers.digest"));
            damageHead(jobs, "strict", List.of());
        }

        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            JsonPath failed = jobs.awaitState("strict", "FAILED");
            assertThat(failed.getString("problem.code")).isEqualTo("damaged");
            JsonPath back = jobs.awaitState("lenient", "RUNNING");
            assertThat(back.getInt("head.number")).isEqualTo(first);
            assertThat(jobs.get("lenient", "/instances").getString("items[0].startedBecause"))
                    .isEqualTo("FALLBACK");
            assertThat(jobs.get("lenient", "/branches/main/reflog").getString("items[0].verb"))
                    .isEqualTo("FALLBACK");
            jobs.post("strict", "stop", "{}").statusCode(409).body("code", equalTo("not-running"));
        }
    }

    /** Takes a snapshot in full and flips a bit in each of its files that is not among {@code spared}. */
    private void damageHead(JobCalls jobs, String job, List<String> spared) throws IOException {
        int number = jobs.done(job, "snapshots", "{\"mode\": \"FULL\"}").getInt("result.number");
        List<String> digests =
                jobs.get(job, "/snapshots/" + number + "/manifest").getList("layers.digest");
        for (String digest : digests) {
            if (!spared.contains(digest)) {
                Path blob = directory.resolve("store/blobs/sha256/" + digest.substring("sha256:".length()));
                byte[] bytes = Files.readAllBytes(blob);
                bytes[bytes.length / 2] ^= 1;
                Files.write(blob, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
    }
}
