package io.strandline;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Calls that tests about running jobs make again and again. */
public final class JobCalls {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Supplier<RequestSpecification> api;

    public JobCalls(Supplier<RequestSpecification> api) {
        this.api = api;
    }

    /** A pipeline that sums endless numbers by key, slowly, and keeps its state under {@code backend}. */
    public static String sums(String name, String backend) {
        return """
                {"name": "%s",
                 "sources": [{"name": "numbers", "type": "sequence", "partitions": 2, "keys": 10, "seed": 7, "rate": 1000}],
                 "operators": [{"name": "by-key", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                                "aggregates": {"rows": "count()", "total": "sum(value)"}, "emit": "NONE"}],
                 "sinks": [],
                 "checkpoints": {"interval": "NONE"},
                 "state": {"backend": "%s"}}""".formatted(name, backend);
    }

    /** The same with its state in files, and its sums written to files in a directory of the job's name. */
    public static String writing(String name) {
        return sums(name, "filesystem")
                .replace("\"emit\": \"NONE\"", "\"emit\": \"CHANGES\"")
                .replace(
                        "\"sinks\": []",
                        "\"sinks\": [{\"name\": \"out\", \"type\": \"file\", \"input\": \"by-key\", \"path\": \"" + name
                                + "\", \"format\": \"json\"}]");
    }

    /** Those of {@link #sums} with their state in files and three restarts at most, the first after {@code initial}, such as {@code PT0.01S}. */
    public static String restarting(String name, String initial) {
        return sums(name, "filesystem")
                .replace(
                        "\"state\":",
                        "\"restart\": {\"strategy\": \"EXPONENTIAL\", \"initial\": \"" + initial
                                + "\", \"max\": \"PT1M\", \"maxAttempts\": 3}, \"state\":");
    }

    /** Submits a document without starting it. */
    public ValidatableResponse submit(String document) {
        return given().spec(api.get())
                .contentType("application/json")
                .body(document)
                .post("/api/v1/jobs")
                .then();
    }

    /** Submits a document, starts it, and waits until it runs. */
    public void run(String document) {
        String name = submit(document).statusCode(201).extract().path("name");
        done(name, "start", "{}");
    }

    /** A POST that became an operation, which has ended. */
    public JsonPath operation(String job, String verb, String body) {
        return given().spec(api.get())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(body)
                .post("/api/v1/jobs/{job}/" + verb, job)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** A POST that became an operation, which has succeeded. */
    public JsonPath done(String job, String verb, String body) {
        JsonPath operation = operation(job, verb, body);
        assertThat(operation.getString("state"))
                .as("%s of %s: %s", verb, job, operation.prettify())
                .isEqualTo("SUCCEEDED");
        return operation;
    }

    /** A POST as it is answered. */
    public ValidatableResponse post(String job, String verb, String body) {
        return given().spec(api.get())
                .contentType("application/json")
                .body(body)
                .post("/api/v1/jobs/{job}/" + verb, job)
                .then();
    }

    /** Takes a snapshot and returns its number. */
    public int snapshot(String job) {
        return done(job, "snapshots", "{}").getInt("result.number");
    }

    /** A job, or something of it. */
    public JsonPath get(String job, String path) {
        return given().spec(api.get())
                .get("/api/v1/jobs/" + job + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until a job is in a state, and returns it. */
    public JsonPath awaitState(String job, String state) {
        return await(job, "main", found -> found.getString("state").equals(state), state);
    }

    /** Waits until a job is as {@code wanted} on one of its branches, and returns it. */
    public JsonPath await(String job, String branch, Predicate<JsonPath> wanted, String what) {
        Instant deadline = Instant.now().plus(LONG_ENOUGH);
        JsonPath found = get(job, "?branch=" + branch);
        while (!wanted.test(found)) {
            assertThat(Instant.now())
                    .as("%s of %s is to be %s: %s", branch, job, what, found.prettify())
                    .isBefore(deadline);
            Thread.onSpinWait();
            found = get(job, "?branch=" + branch);
        }
        return found;
    }
}
