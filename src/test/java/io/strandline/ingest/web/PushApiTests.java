package io.strandline.ingest.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PushApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void takesRecordsThatTheJobThenCountsOnceEach() {
        jobs.submit(sums("push-counts", "256MB")).statusCode(201);
        push("push-counts", "[{\"user\": \"a\", \"n\": 1}, {\"user\": \"b\", \"n\": 2}]")
                .statusCode(202)
                .body("source", equalTo("events"))
                .body("partition", equalTo(0))
                .body("firstOffset", equalTo(0))
                .body("count", equalTo(2));
        jobs.done("push-counts", "start", "{}");
        lines("push-counts", "{\"user\": \"a\", \"n\": 3}\n\n{\"n\": 4, \"user\": \"c\", \"more\": [1]}\r\n")
                .statusCode(202)
                .body("firstOffset", equalTo(2));

        awaitTotal("push-counts", "a", 4);
        awaitTotal("push-counts", "c", 4);
    }

    @Test
    void goesOnFromWhereAVersionHadRead() {
        jobs.run(sums("push-restart", "256MB"));
        push("push-restart", "[{\"user\": \"a\", \"n\": 1}]").statusCode(202);
        awaitTotal("push-restart", "a", 1);
        jobs.done("push-restart", "stop", "{\"mode\": \"CANCEL\"}");
        push("push-restart", "[{\"user\": \"a\", \"n\": 10}]").statusCode(202);
        jobs.done("push-restart", "start", "{}");

        awaitTotal("push-restart", "a", 11);
    }

    @Test
    void refusesAllRecordsWhenOneIsNotAsTheSchemaSays() {
        jobs.submit(sums("push-refuses", "256MB")).statusCode(201);

        push("push-refuses", "[{\"user\": \"a\", \"n\": 1}, {\"user\": \"b\", \"n\": \"x\"}, {\"n\": 1}, 7]")
                .statusCode(422)
                .body("code", equalTo("invalid-records"))
                .body("errors.pointer", hasItems("/1/n", "/2/user", "/3"))
                .body("errors.find { it.pointer == '/1/n' }.detail", containsString("not a long"));
        push("push-refuses", "{\"user\": \"a\", \"n\": 1}").statusCode(422).body("errors[0].pointer", equalTo(""));
        push("push-refuses", "[]").statusCode(422).body("detail", containsString("there is no record"));
        push("push-refuses", "[{\"user\": \"a\", \"n\": 1}]").statusCode(202).body("firstOffset", equalTo(0));
    }

    @Test
    void saysWhichSourcesTakeRecords() {
        jobs.submit(JobCalls.sums("push-nowhere", "filesystem")).statusCode(201);

        given().spec(api())
                .contentType("application/json")
                .body("[{}]")
                .post("/api/v1/jobs/push-nowhere/sources/numbers/records")
                .then()
                .statusCode(404)
                .body("code", equalTo("source-not-found"))
                .body("detail", containsString("none of its sources"));
        given().spec(api())
                .contentType("application/json")
                .body("[{}]")
                .post("/api/v1/jobs/push-nobody/sources/numbers/records")
                .then()
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
    }

    @Test
    void keepsARepeatedPushOnce() {
        jobs.submit(sums("push-twice", "256MB")).statusCode(201);

        keyed("k1", "[{\"user\": \"a\", \"n\": 1}]").statusCode(202).body("repeated", equalTo(false));
        keyed("k1", "[{\"user\": \"a\", \"n\": 1}]")
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("repeated", equalTo(true))
                .body("firstOffset", equalTo(0));
        keyed("k1", "[{\"user\": \"a\", \"n\": 2}]").statusCode(422).body("code", equalTo("idempotency-key-reused"));
        keyed("k2", "[{\"user\": \"a\", \"n\": 1}]").statusCode(202).body("firstOffset", equalTo(1));
    }

    @Test
    void holdsClientsBackWhenTheJobDoesNotRead() {
        jobs.submit(sums("push-full", "1MB")).statusCode(201);
        String big = "[{\"user\": \"" + "x".repeat(700_000) + "\", \"n\": 1}]";
        push("push-full", big).statusCode(202);
        push("push-full", big).statusCode(202);

        push("push-full", big)
                .statusCode(429)
                .body("code", equalTo("backlog-full"))
                .header("Retry-After", notNullValue());
        jobs.done("push-full", "start", "{}");
        awaitTaken("push-full", big);
    }

    @Test
    void putsRecordsWhereTheClientSays() {
        jobs.submit(sums("push-partition", "256MB").replace("\"backlog\"", "\"partitions\": 2, \"backlog\""))
                .statusCode(201);

        to("push-partition", 1).statusCode(202).body("partition", equalTo(1)).body("firstOffset", equalTo(0));
        to("push-partition", 1).statusCode(202).body("partition", equalTo(1)).body("firstOffset", equalTo(1));
        to("push-partition", 2).statusCode(400).body("code", equalTo("invalid-parameter"));
    }

    private static String sums(String name, String backlog) {
        return """
                {"name": "%s",
                 "sources": [{"name": "events", "type": "http", "schema": {"user": "string", "n": "long"}, "backlog": "%s"}],
                 "operators": [{"name": "by-user", "type": "aggregate", "input": "events", "keyBy": ["user"],
                                "aggregates": {"total": "sum(n)"}, "emit": "NONE"}],
                 "checkpoints": {"interval": "NONE"},
                 "state": {"backend": "filesystem"}}""".formatted(name, backlog);
    }

    private ValidatableResponse push(String job, String records) {
        return given().spec(api())
                .contentType("application/json")
                .body(records)
                .post("/api/v1/jobs/{job}/sources/events/records", job)
                .then();
    }

    private ValidatableResponse to(String job, int partition) {
        return given().spec(api())
                .contentType("application/json")
                .queryParam("partition", partition)
                .body("[{\"user\": \"a\", \"n\": 1}]")
                .post("/api/v1/jobs/{job}/sources/events/records", job)
                .then();
    }

    private ValidatableResponse keyed(String key, String records) {
        return given().spec(api())
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(records)
                .post("/api/v1/jobs/push-twice/sources/events/records")
                .then();
    }

    private ValidatableResponse lines(String job, String records) {
        RequestSpecification request = given().spec(api())
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/x-ndjson", ContentType.TEXT)));
        return request.contentType("application/x-ndjson")
                .body(records)
                .post("/api/v1/jobs/{job}/sources/events/records", job)
                .then();
    }

    /** The state after a snapshot, until the key has the total. */
    private void awaitTotal(String job, String user, int total) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        Integer found = null;
        while (found == null || found != total) {
            assertThat(Instant.now()).as("%s of %s is %s", user, job, found).isBefore(deadline);
            int number = jobs.snapshot(job);
            found = given().spec(api())
                    .queryParam("key", "\"" + user + "\"")
                    .get("/api/v1/jobs/{job}/snapshots/{number}/state/by-user/aggregates", job, number)
                    .jsonPath()
                    .get("value.total");
        }
    }

    private void awaitTaken(String job, String records) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        int status = 429;
        while (status == 429) {
            assertThat(Instant.now()).isBefore(deadline);
            status = push(job, records).extract().statusCode();
        }
        assertThat(status).isEqualTo(202);
    }
}
