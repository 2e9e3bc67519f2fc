package io.strandline.retention.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retention as a client meets it, from a policy to bytes that came back. */
class RetentionApiTests extends ServerTests {

    private static final String LAST_TWO =
            "{\"keep\":{\"last\":2,\"hourly\":null,\"daily\":null,\"kinds\":null},\"floor\":{\"minCount\":1}}";

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void savesReplacesAndDeletesAJobsPolicyByItsTag() {
        jobs.submit(JobCalls.sums("ret-policy", "filesystem")).statusCode(201);
        String path = "/api/v1/jobs/ret-policy/retention-policy";
        given().spec(api()).get(path).then().statusCode(404).body("code", equalTo("policy-not-found"));

        String tag = put(json(), path, "{\"keep\":{\"last\":50,\"daily\":null}}")
                .statusCode(200)
                .body("keep.last", equalTo(50))
                .body("keep.daily", nullValue())
                .extract()
                .header("ETag");
        put(json(), path, "{\"keep\":{\"last\":60}}").statusCode(428).body("code", equalTo("precondition-required"));
        put(json().header("If-Match", "\"no\""), path, "{\"keep\":{\"last\":60}}")
                .statusCode(412);
        String next = put(json().header("If-Match", tag), path, "{\"keep\":{\"last\":60}}")
                .statusCode(200)
                .extract()
                .header("ETag");

        given().spec(api())
                .get(path + "?effective=true")
                .then()
                .statusCode(200)
                .body("keep.last.value", equalTo(60))
                .body("keep.last.setBy", equalTo("JOB"))
                .body("keep.hourly.setBy", equalTo("DEFAULT"))
                .body("floor.minCount.value", equalTo(3))
                .body("schedule.value", equalTo("PT5M"));
        given().spec(api()).delete(path).then().statusCode(428);
        given().spec(api()).header("If-Match", next).delete(path).then().statusCode(204);
        given().spec(api()).get(path).then().statusCode(404);
    }

    @Test
    void savesAndDeletesTheServersPolicy() {
        String path = "/api/v1/retention-policy";

        String tag = put(json(), path, "{\"timeZone\":\"Europe/Berlin\",\"schedule\":\"PT1H\"}")
                .statusCode(200)
                .body("schedule", equalTo("PT1H"))
                .extract()
                .header("ETag");

        given().spec(api())
                .get(path + "?effective=true")
                .then()
                .body("timeZone.setBy", equalTo("SERVER"))
                .body("keep.last.setBy", equalTo("DEFAULT"));
        given().spec(api()).header("If-Match", tag).delete(path).then().statusCode(204);
    }

    @Test
    void letsABranchOverrideItsJobFieldByField() {
        jobs.submit(JobCalls.sums("ret-branch", "filesystem")).statusCode(201);
        String path = "/api/v1/jobs/ret-branch/retention-policy";
        put(json(), path, "{\"keep\":{\"last\":30,\"weekly\":4},\"schedule\":\"PT1H\"}")
                .statusCode(200);

        given().spec(api()).get(path + "?branch=main").then().statusCode(404).body("code", equalTo("policy-not-found"));
        String tag = put(json(), path + "?branch=main", "{\"keep\":{\"weekly\":null,\"monthly\":12}}")
                .statusCode(200)
                .extract()
                .header("ETag");

        given().spec(api())
                .get(path + "?branch=main&effective=true")
                .then()
                .statusCode(200)
                .body("keep.last.setBy", equalTo("JOB"))
                .body("keep.weekly.value", nullValue())
                .body("keep.weekly.setBy", equalTo("BRANCH"))
                .body("keep.monthly.value", equalTo(12))
                .body("schedule.value", equalTo("PT1H"))
                .body("keep.daily.setBy", equalTo("DEFAULT"));
        given().spec(api()).get(path + "?effective=true").then().statusCode(200).body("keep.weekly.value", equalTo(4));
        put(json(), path + "?branch=nowhere", "{}").statusCode(404).body("code", equalTo("branch-not-found"));
        given().spec(api()).delete(path + "?branch=main").then().statusCode(428);
        given().spec(api())
                .header("If-Match", tag)
                .delete(path + "?branch=main")
                .then()
                .statusCode(204);
    }

    @Test
    void refusesWhatCannotBeMeantWithAPointer() {
        jobs.submit(JobCalls.sums("ret-refused", "filesystem")).statusCode(201);
        String path = "/api/v1/jobs/ret-refused/retention-policy";

        put(json(), path, "{\"keep\":{\"last\":-1},\"colour\":1}")
                .statusCode(422)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo("invalid-policy"))
                .body("errors.pointer", hasItems("/keep/last", "/colour"));
        put(json(), path, "{\"keep\":{\"daily\":28,\"weekly\":4}}")
                .statusCode(422)
                .body("code", equalTo("invalid-policy"))
                .body("errors.pointer", hasItem("/keep/weekly"));
        put(json(), path, "{\"keep\":{\"last\":10},\"cap\":{\"maxCount\":5}}")
                .statusCode(422)
                .body("errors.pointer", hasItem("/cap/maxCount"));
        put(json(), "/api/v1/jobs/nobody/retention-policy", "{}").statusCode(404);
    }

    @Test
    void expiresByAPlanPurgesAndGivesTheBytesBack() {
        versions("ret-plan", 5);
        String head = jobs.get("ret-plan", "").getString("head.number");

        JsonPath plan = post("/api/v1/retention-plans", "{\"jobs\":[\"ret-plan\"],\"override\":" + LAST_TWO + "}")
                .statusCode(201)
                .header("Location", startsWith("/api/v1/retention-plans/"))
                .body("versions", equalTo(6))
                .body("expiring", equalTo(4))
                .body("freed.nowBytes", equalTo(0))
                .extract()
                .jsonPath();
        String planPath = "/api/v1/retention-plans/" + plan.getString("id");
        List<String> ids = given().spec(api())
                .get(planPath + "/items?limit=3")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].whyNot[0]", containsString("keep.last"))
                .body("nextCursor", notNullValue())
                .extract()
                .path("items.snapshot");

        applyOnce(planPath, ids);
        purge(ids);
        JsonPath verified =
                finished("/api/v1/jobs/ret-plan/snapshots/" + head + "/verify", "{\"level\":\"CHECKSUMS\"}");
        assertThat(verified.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(jobs.get("ret-plan", "/snapshots/" + head).getString("verification.outcome"))
                .isEqualTo("INTACT");
    }

    private void applyOnce(String planPath, List<String> ids) {
        JsonPath applied = finished(planPath + "/apply", "{\"reason\":\"test\"}");
        assertThat(applied.getInt("result.trashed")).as(applied.prettify()).isEqualTo(4);
        post(planPath + "/apply", "{}").statusCode(409).body("code", equalTo("plan-used"));
        given().spec(api())
                .get("/api/v1/trash?limit=500")
                .then()
                .statusCode(200)
                .body("items.id", hasItems(ids.toArray(String[]::new)));
        given().spec(api())
                .get("/api/v1/jobs/ret-plan/snapshots/" + ids.get(0) + "/retention")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("TRASHED"));
    }

    private void purge(List<String> ids) {
        JsonPath purged = finished(
                "/api/v1/trash/purge",
                "{\"snapshots\":[\"" + ids.get(0) + "\",\"" + ids.get(1)
                        + "\"],\"skipQuarantine\":true,\"reason\":\"test\"}");
        assertThat(purged.getInt("result.purgedVersions")).as(purged.prettify()).isEqualTo(2);
        assertThat(purged.getLong("result.freedBytes")).isPositive();
        given().spec(api())
                .get("/api/v1/gc/runs")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(purged.getString("id")));
        given().spec(api())
                .get("/api/v1/jobs/ret-plan/snapshots/" + ids.get(0) + "/retention")
                .then()
                .statusCode(410);
        post("/api/v1/trash/purge", "{\"snapshots\":[\"" + ids.get(0) + "\"],\"reason\":\"test\"}")
                .statusCode(410);
    }

    @Test
    void asksForAConfirmationAndThenSavesAndAppliesInOneOperation() {
        versions("ret-confirm", 5);
        String path = "/api/v1/jobs/ret-confirm/retention-policy";

        String plan = put(json(), path, LAST_TWO)
                .statusCode(409)
                .body("code", equalTo("confirm-required"))
                .body("plan.expiring", equalTo(4))
                .extract()
                .path("plan.id");
        given().spec(api()).get(path).then().statusCode(404);

        put(json().header("Prefer", "wait=30"), path + "?confirm=" + plan, LAST_TWO)
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"))
                .body("result.trashed", equalTo(4));
        given().spec(api()).get(path).then().statusCode(200).body("keep.last", equalTo(2));
        assertThat(jobs.get("ret-confirm", "/snapshots").getList("items")).hasSize(2);
    }

    @Test
    void explainsWhyAVersionStaysAndWhenItGoes() {
        versions("ret-explain", 2);

        given().spec(api())
                .get("/api/v1/jobs/ret-explain/snapshots/main/retention")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("PROTECTED"))
                .body("protectedBy.kind", hasItem("HEAD"))
                .body("keptBy.rule", hasItem("keep.last"))
                .body("keptBy.find { it.rule == 'keep.last' }.rank", equalTo(1))
                .body("goes.when", not(hasSize(0)));
        given().spec(api())
                .get("/api/v1/jobs/ret-explain/snapshots/main/retention?at=yesterday")
                .then()
                .statusCode(400);
        given().spec(api())
                .get("/api/v1/jobs/ret-explain/snapshots/main/retention?at=2040-01-01T00:00:00Z")
                .then()
                .statusCode(200)
                .body("evaluatedAt", equalTo("2040-01-01T00:00:00Z"));
    }

    @Test
    void refusesPlansItCannotMakeOrApply() {
        post("/api/v1/retention-plans", "{\"jobs\":[\"nobody\"]}")
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
        post("/api/v1/retention-plans", "{\"override\":{\"keep\":{\"yearly\":true}}}")
                .statusCode(422)
                .body("code", equalTo("invalid-policy"))
                .body("errors.pointer", hasItem("/override/keep/yearly"));
        given().spec(api()).get("/api/v1/retention-plans/nothing").then().statusCode(404);
        String later = post("/api/v1/retention-plans", "{\"jobs\":[],\"at\":\"2040-01-01T00:00:00Z\"}")
                .statusCode(201)
                .extract()
                .path("id");
        post("/api/v1/retention-plans/" + later + "/apply", "{}")
                .statusCode(409)
                .body("code", equalTo("plan-stale"));
        given().spec(api())
                .get("/api/v1/retention-plans?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    @Test
    void saysWhichElementOfAListIsMissing() {
        post("/api/v1/trash/purge", "{\"snapshots\":[null],\"reason\":\"test\"}")
                .statusCode(400)
                .body("code", equalTo("invalid-body"))
                .body("errors.pointer", hasItem("/snapshots/0"));
        post("/api/v1/retention-plans", "{\"jobs\":[\"a\",null]}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/jobs/1"));
    }

    @Test
    void looksForGarbageWithoutTouchingIt() {
        JsonPath run = finished("/api/v1/gc/runs", "{\"mode\":\"DRY_RUN\"}");

        assertThat(run.getString("result.outcome")).as(run.prettify()).isEqualTo("DONE");
        assertThat(run.getInt("result.deletedFiles")).isZero();
        given().spec(api()).get("/actuator/health").then().body("components.gc.details.circuit", equalTo("closed"));
    }

    private void versions(String job, int count) {
        jobs.run(JobCalls.sums(job, "filesystem"));
        for (int i = 0; i < count; i++) {
            jobs.snapshot(job);
        }
        jobs.done(job, "stop", "{\"mode\":\"SNAPSHOT\"}");
    }

    private RequestSpecification json() {
        return given().spec(api()).contentType("application/json");
    }

    private static ValidatableResponse put(RequestSpecification request, String path, String body) {
        return request.body(body).put(path).then();
    }

    private ValidatableResponse post(String path, String body) {
        return json().body(body).post(path).then();
    }

    private JsonPath finished(String path, String body) {
        return json().header("Prefer", "wait=30")
                .body(body)
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
