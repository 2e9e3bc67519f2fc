package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import org.junit.jupiter.api.Test;

class RefApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void makesATagOnceAndNeverMovesIt() {
        jobs.run(JobCalls.sums("ref-tag", "filesystem"));
        int first = jobs.snapshot("ref-tag");
        int second = jobs.snapshot("ref-tag");

        put("ref-tag", "good", "{\"snapshot\": \"main~1\", \"message\": \"known good\"}")
                .statusCode(201)
                .header("Location", "/api/v1/jobs/ref-tag/tags/good")
                .body("snapshot.number", equalTo(first))
                .body("message", equalTo("known good"));
        put("ref-tag", "good", "{\"snapshot\": " + first + ", \"message\": \"known good\"}")
                .statusCode(200);
        put("ref-tag", "good", "{\"snapshot\": " + second + ", \"message\": \"known good\"}")
                .statusCode(409)
                .body("code", equalTo("tag-exists"))
                .body("blockers[0].releaseHref", equalTo("/api/v1/jobs/ref-tag/tags/good"));
        assertThat(jobs.get("ref-tag", "/tags").getList("items.name")).containsExactly("good");

        given().spec(api()).delete("/api/v1/jobs/ref-tag/tags/good").then().statusCode(204);
        given().spec(api())
                .get("/api/v1/jobs/ref-tag/tags/good")
                .then()
                .statusCode(404)
                .body("code", equalTo("tag-not-found"));
        jobs.done("ref-tag", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesTagsThatCannotBe() {
        jobs.run(JobCalls.sums("ref-refuse", "filesystem"));
        int number = jobs.snapshot("ref-refuse");

        put("ref-refuse", "latest", "{\"snapshot\": " + number + "}")
                .statusCode(422)
                .body("code", equalTo("invalid-name"));
        put("ref-refuse", "main", "{\"snapshot\": " + number + "}")
                .statusCode(409)
                .body("code", equalTo("name-taken"));
        put("ref-refuse", "lost", "{\"snapshot\": 4711}").statusCode(404).body("code", equalTo("snapshot-not-found"));
        put("ref-refuse", "old", "{\"snapshot\": " + number + ", \"expiresAt\": \"2001-01-01T00:00:00Z\"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expiresAt"));
        put("ref-refuse", "none", "{}").statusCode(400).body("errors[0].pointer", equalTo("/snapshot"));
        jobs.done("ref-refuse", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void pagesThroughTags() {
        jobs.run(JobCalls.sums("ref-page", "filesystem"));
        int number = jobs.snapshot("ref-page");
        for (String name : new String[] {"one", "two", "three"}) {
            put("ref-page", name, "{\"snapshot\": " + number + "}").statusCode(201);
        }

        JsonPath first = jobs.get("ref-page", "/tags?limit=2");
        JsonPath second = given().spec(api())
                .queryParam("cursor", first.getString("nextCursor"))
                .get("/api/v1/jobs/ref-page/tags?limit=2")
                .jsonPath();

        assertThat(first.getList("items.name")).containsExactly("three", "two");
        assertThat(second.getList("items.name")).containsExactly("one");
        jobs.done("ref-page", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void holdsAVersionUntilReleased() {
        jobs.run(JobCalls.sums("ref-hold", "filesystem"));
        int number = jobs.snapshot("ref-hold");
        jobs.snapshot("ref-hold");
        String base = "/api/v1/jobs/ref-hold/snapshots/" + number;

        String id = given().spec(api())
                .contentType("application/json")
                .header("X-Strandline-Actor", "ann")
                .body("{\"reason\": \"audit\"}")
                .post(base + "/holds")
                .then()
                .statusCode(201)
                .header("Location", startsWith("/api/v1/jobs/ref-hold/snapshots/"))
                .body("kind", equalTo("USER"))
                .body("placedBy", equalTo("ann"))
                .extract()
                .path("id");
        given().spec(api()).get(base + "/holds").then().body("items", hasSize(1));
        given().spec(api())
                .delete(base)
                .then()
                .statusCode(409)
                .body("blockers[0].id", equalTo(id))
                .body("blockers[0].placedBy", equalTo("ann"));

        given().spec(api()).delete(base + "/holds/" + id).then().statusCode(204);
        given().spec(api())
                .delete(base + "/holds/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("hold-not-found"));
        given().spec(api()).delete(base).then().statusCode(200);
        jobs.done("ref-hold", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesAHoldWithoutAReason() {
        jobs.run(JobCalls.sums("ref-reason", "filesystem"));
        int number = jobs.snapshot("ref-reason");

        jobs.post("ref-reason", "snapshots/" + number + "/holds", "{\"reason\": \" \"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/reason"));
        jobs.done("ref-reason", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void showsBranchMainAndItsReflogWithCheckpointsFolded() {
        jobs.run(JobCalls.sums("ref-branch", "filesystem"));
        jobs.snapshot("ref-branch");
        jobs.snapshot("ref-branch");
        int head = jobs.snapshot("ref-branch");

        given().spec(api())
                .get("/api/v1/jobs/ref-branch/branches")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].name", equalTo("main"))
                .body("items[0].head.number", equalTo(head))
                .body("items[0].state", equalTo("RUNNING"))
                .body("items[0].protection.deletable", equalTo(false));
        given().spec(api())
                .get("/api/v1/jobs/ref-branch/branches/main/reflog")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].verb", equalTo("CHECKPOINT"))
                .body("items[0].count", equalTo(3))
                .body("items[0].to.number", equalTo(head));
        given().spec(api())
                .get("/api/v1/jobs/ref-branch/branches/other")
                .then()
                .statusCode(404)
                .body("code", equalTo("branch-not-found"));
        jobs.done("ref-branch", "stop", "{\"mode\": \"CANCEL\"}");
    }

    private ValidatableResponse put(String job, String name, String body) {
        return given().spec(api())
                .contentType("application/json")
                .body(body)
                .put("/api/v1/jobs/" + job + "/tags/" + name)
                .then();
    }
}
