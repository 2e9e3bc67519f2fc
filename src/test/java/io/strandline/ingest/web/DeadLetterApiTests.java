package io.strandline.ingest.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeadLetterApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void listsThemByPageNewestFirst() throws IOException {
        Path files = Files.createDirectories(DATA_DIRECTORY.resolve("files"));
        Files.writeString(files.resolve("dead.ndjson"), "{\"n\":1}\nx\ny\n{\"n\":2}\nz\n");
        jobs.run("""
                {"name": "dead",
                 "sources": [{"name": "numbers", "type": "file", "path": "dead.ndjson", "format": "json",
                              "schema": {"n": "long"}, "onError": {"deadLetter": {"path": "dead/bad"}}}],
                 "checkpoints": {"interval": "NONE"}, "state": {"backend": "filesystem"}}""");
        jobs.awaitState("dead", "FINISHED");

        String cursor = given().spec(api())
                .queryParam("limit", 2)
                .get("/api/v1/jobs/dead/dead-letters")
                .then()
                .statusCode(200)
                .body("items.record", contains("z", "y"))
                .body("items[0].source", equalTo("numbers"))
                .body("items[0].split", equalTo("dead.ndjson"))
                .body("items[0].offset", equalTo(20))
                .body("items[0].cause", startsWith("not a JSON object"))
                .body("items[0].part", startsWith("dead/bad/part-main-"))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        given().spec(api())
                .queryParam("limit", 2)
                .queryParam("cursor", cursor)
                .get("/api/v1/jobs/dead/dead-letters")
                .then()
                .statusCode(200)
                .body("items.record", contains("x"))
                .body("nextCursor", nullValue());
    }

    @Test
    void listsNoneForAJobThatPutsNothingAside() {
        jobs.submit(JobCalls.sums("dead-none", "filesystem")).statusCode(201);

        given().spec(api())
                .get("/api/v1/jobs/dead-none/dead-letters")
                .then()
                .statusCode(200)
                .body("items", empty());
        given().spec(api()).get("/api/v1/jobs/dead-nobody/dead-letters").then().statusCode(404);
    }
}
