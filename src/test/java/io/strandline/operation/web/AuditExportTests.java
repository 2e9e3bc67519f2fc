package io.strandline.operation.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditExportTests extends ServerTests {

    private static final String JOB = "audit-export";
    private static final String NDJSON = "application/x-ndjson";

    @Autowired
    private Ledger ledger;

    @Autowired
    private Catalog catalog;

    @BeforeEach
    void aJobThatHasALittleHistory() {
        if (given().spec(api()).get("/api/v1/jobs/" + JOB).statusCode() == 200) {
            return;
        }
        new JobCalls(this::api).submit(JobCalls.sums(JOB, "filesystem")).statusCode(201);
        for (int i = 0; i < 3; i++) {
            change("round " + i + " of Incident 4711", "audit-export-" + i);
        }
    }

    @Test
    void writesOneChangeALineOldestFirst() {
        List<JsonNode> changes = export(given().queryParam("job", JOB));

        assertThat(changes)
                .extracting(change -> change.get("action").asString())
                .startsWith("job-created")
                .contains("desired-state-set");
        assertThat(changes)
                .extracting(change -> change.get("sequence").asLong())
                .isSorted();
    }

    @Test
    void goesOnBeyondWhatIsReadAtATime() {
        int before = export(given()).size();
        for (int i = 0; i < 510; i++) {
            change("many", null);
        }

        assertThat(export(given()).size() - before).isGreaterThanOrEqualTo(510);
    }

    @Test
    void filtersByReasonRequestAndBranch() {
        assertThat(export(given().queryParam("reason", "incident 4711").queryParam("job", JOB)))
                .hasSize(3);
        assertThat(export(given().queryParam("request", "audit-export-1")))
                .singleElement()
                .satisfies(change -> assertThat(change.get("reason").asString()).isEqualTo("round 1 of Incident 4711"));
        JobCalls jobs = new JobCalls(this::api);
        jobs.done(JOB, "start", "{}");
        jobs.done(JOB, "stop", "{\"mode\": \"CANCEL\"}");
        given().spec(api())
                .queryParam("job", JOB)
                .queryParam("branch", "main")
                .get("/api/v1/audit")
                .then()
                .body("items.branch", everyItem(equalTo("main")))
                .body(
                        "items.findAll { it.action.startsWith('instance-') }.action",
                        containsInAnyOrder("instance-started", "instance-ended"));
        given().spec(api())
                .queryParam("job", JOB)
                .queryParam("branch", "elsewhere")
                .get("/api/v1/audit")
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void refusesAJobThatIsNotThereAndWhatBelongsToPages() {
        given().spec(api())
                .accept(NDJSON)
                .get("/api/v1/audit?job=nothing")
                .then()
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
        given().spec(api())
                .accept(NDJSON)
                .get("/api/v1/audit?limit=3")
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-parameter"));
    }

    private void change(String reason, @Nullable String request) {
        String jobId = catalog.jobNamed(JOB).orElseThrow().id();
        ledger.record(
                new OfJob(jobId),
                new Cause("ann", request, null, reason),
                List.of(new DesiredStateSet(jobId, Branch.MAIN, Branch.Desired.STOPPED)));
    }

    private List<JsonNode> export(RequestSpecification filtered) {
        return filtered.spec(api())
                .accept(NDJSON)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .contentType(NDJSON)
                .extract()
                .asString()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
