package io.strandline.ingest.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two branches of a job that read one log of pushed records, each from where its own versions stand. */
class BranchedInboxTests extends ServerTests {

    private static final String JOB = "push-branches";

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void bothBranchesReadWhatIsPushedOnce() {
        jobs.run("""
                {"name": "push-branches",
                 "sources": [{"name": "events", "type": "http", "schema": {"user": "string", "n": "long"}}],
                 "operators": [{"name": "by-user", "type": "aggregate", "input": "events", "keyBy": ["user"],
                                "aggregates": {"total": "sum(n)"}, "emit": "NONE"}],
                 "checkpoints": {"interval": "NONE"},
                 "state": {"backend": "filesystem"}}""");
        push(1);
        awaitTotal("main", 1);
        jobs.post(JOB, "branches", "{\"name\": \"late\", \"from\": \"main\"}").statusCode(201);
        push(10);
        awaitTotal("main", 11);
        jobs.done(JOB, "start?branch=late", "{}");
        awaitTotal("late", 11);

        push(100);

        awaitTotal("late", 111);
        awaitTotal("main", 111);
        jobs.done(JOB, "stop", "{\"mode\": \"CANCEL\"}");
        push(1000);
        awaitTotal("late", 1111);
        jobs.done(JOB, "start", "{}");
        awaitTotal("main", 1111);
        jobs.done(JOB, "stop", "{\"mode\": \"CANCEL\"}");
        jobs.done(JOB, "stop?branch=late", "{\"mode\": \"CANCEL\"}");
    }

    private void push(int n) {
        given().spec(api())
                .contentType("application/json")
                .body("[{\"user\": \"a\", \"n\": " + n + "}]")
                .post("/api/v1/jobs/" + JOB + "/sources/events/records")
                .then()
                .statusCode(202);
    }

    private void awaitTotal(String branch, int total) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        Integer found = null;
        while (found == null || found != total) {
            assertThat(Instant.now()).as("on %s it is %s", branch, found).isBefore(deadline);
            int number = jobs.done(JOB, "snapshots", "{\"branch\": \"" + branch + "\"}")
                    .getInt("result.number");
            found = given().spec(api())
                    .queryParam("key", "\"a\"")
                    .get("/api/v1/jobs/{job}/snapshots/{number}/state/by-user/aggregates", JOB, number)
                    .jsonPath()
                    .get("value.total");
        }
    }
}
