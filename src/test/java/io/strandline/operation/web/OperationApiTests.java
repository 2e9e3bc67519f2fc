package io.strandline.operation.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.strandline.ServerTests;
import io.strandline.catalog.Cause;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OperationApiTests extends ServerTests {

    private static final String TYPE = "operation-api-tests";

    private final Operations operations;

    @Autowired
    OperationApiTests(Operations operations) {
        this.operations = operations;
    }

    @Test
    void followsAnOperationToItsEnd() {
        CountDownLatch release = new CountDownLatch(1);
        Operation accepted = submit(release);
        given().spec(api())
                .get("/api/v1/operations/" + accepted.id())
                .then()
                .statusCode(200)
                .body("finished", equalTo(null))
                .body("cancelRequested", equalTo(false));
        release.countDown();
        given().spec(api())
                .header("Prefer", "wait=30")
                .get("/api/v1/operations/" + accepted.id())
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"))
                .body("result.made", equalTo("it"))
                .body("stages[0].name", equalTo("wait"))
                .body("endedAt", notNullValue());
        given().spec(api())
                .post("/api/v1/operations/" + accepted.id() + "/cancel")
                .then()
                .statusCode(409)
                .body("code", equalTo("operation-finished"));
    }

    @Test
    void listsOperationsAndTellsOfThemInTheAudit() {
        Operation accepted = submit(new CountDownLatch(0));
        operations.await(accepted.id(), Duration.ofSeconds(30));
        given().spec(api())
                .queryParam("type", TYPE)
                .queryParam("state", "SUCCEEDED")
                .get("/api/v1/operations")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(accepted.id()));
        given().spec(api())
                .queryParam("operation", accepted.id())
                .queryParam("limit", 1)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items[0].action", equalTo("operation-ended"))
                .body("items[0].actor", equalTo("ann"))
                .body("items[0].after.state", equalTo("SUCCEEDED"))
                .body("nextCursor", notNullValue());
    }

    @Test
    void readsTheAuditPageByPage() {
        CountDownLatch done = new CountDownLatch(0);
        operations.await(submit(done).id(), Duration.ofSeconds(30));
        String cursor = given().spec(api())
                .queryParam("actor", "ann")
                .queryParam("limit", 1)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.actor", everyItem(equalTo("ann")))
                .extract()
                .path("nextCursor");
        given().spec(api())
                .queryParam("actor", "ann")
                .queryParam("limit", 1)
                .queryParam("cursor", cursor)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        given().spec(api())
                .queryParam("since", "yesterday")
                .get("/api/v1/audit")
                .then()
                .statusCode(400);
    }

    @Test
    void saysWhatIsNotThere() {
        given().spec(api())
                .get("/api/v1/operations/nothing")
                .then()
                .statusCode(404)
                .body("code", equalTo("operation-not-found"));
        given().spec(api())
                .queryParam("job", "nothing")
                .get("/api/v1/operations")
                .then()
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
        given().spec(api())
                .queryParam("state", "LOST")
                .get("/api/v1/operations")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-parameter"));
    }

    private Operation submit(CountDownLatch release) {
        Cause ann = new Cause("ann", "request-1", null, null);
        return operations.submit(new Submission(TYPE, null, Map.of("what", "it"), ann), course -> {
            course.stage("wait");
            release.await();
            return Map.of("made", "it");
        });
    }
}
