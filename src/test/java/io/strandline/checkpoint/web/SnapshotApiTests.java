package io.strandline.checkpoint.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void takesASnapshotWithLabelsTagAndHold() {
        jobs.run(JobCalls.sums("snap-take", "rocksdb"));

        JsonPath taken = jobs.done("snap-take", "snapshots", """
                {"description": "before v2", "labels": {"team": "ops"}, "tag": "before-v2",
                 "hold": {"reason": "audit"}, "mode": "FULL"}""");

        assertThat(taken.getString("result.kind")).isEqualTo("MANUAL");
        assertThat(taken.getString("result.mode")).isEqualTo("FULL");
        assertThat(taken.getString("result.description")).isEqualTo("before v2");
        assertThat(taken.getString("result.labels.team")).isEqualTo("ops");
        assertThat(taken.getList("result.tags")).containsExactly("before-v2");
        JsonPath detail = jobs.get("snap-take", "/snapshots/before-v2");
        assertThat(detail.getString("id")).isEqualTo(taken.getString("result.id"));
        assertThat(detail.getString("name")).isEqualTo("snap-take#" + taken.getInt("result.number"));
        assertThat(detail.getList("sources.split")).hasSize(2);
        assertThat(detail.getString("operators.find { it.name == 'by-key' }.states[0].name"))
                .isEqualTo("aggregates");
        assertThat(detail.getString("holds[0].reason")).isEqualTo("audit");
        assertThat(detail.getLong("totalBytes")).isPositive();
        assertThat(detail.getBoolean("durable")).isTrue();
        jobs.done("snap-take", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesATriggerThatCannotBeMet() {
        jobs.submit(JobCalls.sums("snap-refuse", "filesystem"));
        jobs.post("snap-refuse", "snapshots", "{}").statusCode(409).body("code", equalTo("not-running"));
        jobs.done("snap-refuse", "start", "{}");
        jobs.done("snap-refuse", "snapshots", "{\"tag\": \"one\"}");

        jobs.post("snap-refuse", "snapshots", "{\"tag\": \"one\"}")
                .statusCode(409)
                .body("code", equalTo("tag-exists"));
        jobs.post("snap-refuse", "snapshots", "{\"tag\": \"latest\"}")
                .statusCode(422)
                .body("code", equalTo("invalid-name"));
        jobs.post("snap-refuse", "snapshots", "{\"tag\": \"main\"}")
                .statusCode(409)
                .body("code", equalTo("name-taken"));
        jobs.post("snap-refuse", "snapshots", "{\"labels\": {\"team\": null}}").statusCode(400);
        jobs.post("snap-refuse", "snapshots", "{\"timeout\": \"-PT1S\"}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/timeout"));
        jobs.post("snap-refuse", "snapshots", "{\"branch\": \"nope\"}")
                .statusCode(404)
                .body("code", equalTo("branch-not-found"));
        jobs.done("snap-refuse", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void keepsMemoryVersionsFromBeingTaggedOrHeld() {
        jobs.run(JobCalls.sums("snap-memory", "memory"));

        jobs.post("snap-memory", "snapshots", "{\"tag\": \"kept\"}")
                .statusCode(409)
                .body("code", equalTo("not-durable"));
        int number = jobs.snapshot("snap-memory");
        assertThat(jobs.get("snap-memory", "/snapshots/" + number).getBoolean("durable"))
                .isFalse();
        given().spec(api())
                .contentType("application/json")
                .body("{\"snapshot\": " + number + "}")
                .put("/api/v1/jobs/snap-memory/tags/kept")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-durable"));
        jobs.post("snap-memory", "snapshots/" + number + "/holds", "{\"reason\": \"x\"}")
                .statusCode(409)
                .body("code", equalTo("not-durable"));
        jobs.done("snap-memory", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void findsVersionsByEveryExpression() {
        jobs.run(JobCalls.sums("snap-rev", "filesystem"));
        int first = jobs.snapshot("snap-rev");
        int second = jobs.snapshot("snap-rev");
        int third = jobs.done("snap-rev", "snapshots", "{\"tag\": \"third\"}").getInt("result.number");
        String id = jobs.get("snap-rev", "/snapshots/" + second).getString("id");

        assertThat(number("main")).isEqualTo(third);
        assertThat(number("latest")).isEqualTo(third);
        assertThat(number("third")).isEqualTo(third);
        assertThat(number("main~1")).isEqualTo(second);
        assertThat(number("main~2")).isEqualTo(first);
        assertThat(number("third~1")).isEqualTo(second);
        assertThat(number(id)).isEqualTo(second);
        assertThat(number(Integer.toString(first))).isEqualTo(first);
        assertThat(number("main@2100-01-01T00:00Z")).isEqualTo(third);
        refused("main~9", 404, "snapshot-not-found");
        refused("main@2001-01-01T00:00Z", 404, "snapshot-not-found");
        refused("main@yesterday", 422, "invalid-revision");
        refused("no-such-tag", 404, "snapshot-not-found");
        refused("4711", 404, "snapshot-not-found");
        refused("latest-verified", 404, "snapshot-not-found");
        jobs.done("snap-rev", "stop", "{\"mode\": \"CANCEL\"}");
    }

    private int number(String revision) {
        return jobs.get("snap-rev", "/snapshots/" + revision).getInt("number");
    }

    private void refused(String revision, int status, String code) {
        given().spec(api())
                .get("/api/v1/jobs/snap-rev/snapshots/{rev}", revision)
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @Test
    void listsFiltersAndPagesNewestFirst() {
        jobs.run(JobCalls.sums("snap-list", "filesystem"));
        int first = jobs.done("snap-list", "snapshots", "{\"labels\": {\"team\": \"ops\", \"env\": \"test\"}}")
                .getInt("result.number");
        int second = jobs.done("snap-list", "snapshots", "{\"labels\": {\"team\": \"ops\"}}")
                .getInt("result.number");
        jobs.done("snap-list", "stop", "{}");

        assertThat(numbers("?label=team=ops")).containsExactly(second, first);
        assertThat(numbers("?label=team=ops&label=env=test")).containsExactly(first);
        assertThat(numbers("?kind=FINAL")).hasSize(1);
        assertThat(numbers("?kind=MANUAL&kind=FINAL")).hasSize(3);
        assertThat(numbers("?state=TRASHED")).isEmpty();
        assertThat(numbers("?branch=other")).isEmpty();
        assertThat(numbers("?since=2100-01-01T00:00:00Z")).isEmpty();
        assertThat(numbers("?until=2100-01-01T00:00:00Z")).hasSize(3);
        JsonPath page = jobs.get("snap-list", "/snapshots?limit=2");
        JsonPath next = given().spec(api())
                .queryParam("cursor", page.getString("nextCursor"))
                .get("/api/v1/jobs/snap-list/snapshots?limit=2")
                .jsonPath();
        assertThat(next.<Integer>getList("items.number")).containsExactly(first);
        assertThat(next.getString("nextCursor")).isNull();
        refused("?label=team", "?label");
        refused("?kind=%20", "?kind");
        refused("?state=COMPLETED,,TRASHED", "?state");
    }

    private void refused(String query, String pointer) {
        given().spec(api())
                .urlEncodingEnabled(false)
                .get("/api/v1/jobs/snap-list/snapshots" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-parameter"))
                .body("errors[0].pointer", equalTo(pointer));
    }

    private List<Integer> numbers(String query) {
        return jobs.get("snap-list", "/snapshots" + query).getList("items.number");
    }

    @Test
    void describesAVersionByMergePatch() {
        jobs.run(JobCalls.sums("snap-patch", "filesystem"));
        int number = jobs.done("snap-patch", "snapshots", "{\"labels\": {\"a\": \"1\", \"b\": \"2\"}}")
                .getInt("result.number");
        String etag = given().spec(api())
                .get("/api/v1/jobs/snap-patch/snapshots/" + number)
                .header("ETag");

        given().spec(api())
                .contentType("application/merge-patch+json")
                .header("If-Match", etag)
                .body("{\"labels\": {\"a\": null, \"c\": \"3\"}, \"description\": \"new\"}")
                .patch("/api/v1/jobs/snap-patch/snapshots/" + number)
                .then()
                .statusCode(200)
                .body("labels.a", nullValue())
                .body("labels.b", equalTo("2"))
                .body("labels.c", equalTo("3"))
                .body("description", equalTo("new"));
        given().spec(api())
                .contentType("application/json")
                .header("If-Match", etag)
                .body("{\"description\": null}")
                .patch("/api/v1/jobs/snap-patch/snapshots/" + number)
                .then()
                .statusCode(412);
        given().spec(api())
                .contentType("application/json")
                .body("{\"number\": 7}")
                .patch("/api/v1/jobs/snap-patch/snapshots/" + number)
                .then()
                .statusCode(400);
        given().spec(api())
                .contentType("application/json")
                .body("{\"description\": \"x\"}")
                .patch("/api/v1/jobs/snap-patch/snapshots/main")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-revision"));
        jobs.done("snap-patch", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void deletesAndBringsBackUnlessProtected() {
        jobs.run(JobCalls.sums("snap-delete", "filesystem"));
        int first = jobs.snapshot("snap-delete");
        int tagged = jobs.done("snap-delete", "snapshots", "{\"tag\": \"keep\", \"hold\": {\"reason\": \"audit\"}}")
                .getInt("result.number");
        int head = jobs.snapshot("snap-delete");

        given().spec(api())
                .delete("/api/v1/jobs/snap-delete/snapshots/" + tagged)
                .then()
                .statusCode(409)
                .body("code", equalTo("protected"))
                .body("blockers.kind", hasItems("tag", "hold"))
                .body("blockers.find { it.kind == 'tag' }.releaseHref", equalTo("/api/v1/jobs/snap-delete/tags/keep"));
        given().spec(api())
                .delete("/api/v1/jobs/snap-delete/snapshots/" + head)
                .then()
                .statusCode(409)
                .body("blockers.kind", hasItem("branch"));

        given().spec(api())
                .delete("/api/v1/jobs/snap-delete/snapshots/" + first + "?reason=old")
                .then()
                .statusCode(200)
                .body("state", equalTo("TRASHED"))
                .body("trashed.purgeAfter", notNullValue());
        given().spec(api())
                .delete("/api/v1/jobs/snap-delete/snapshots/" + first)
                .then()
                .statusCode(409)
                .body("code", equalTo("snapshot-trashed"));
        assertThat(jobs.get("snap-delete", "/snapshots?state=TRASHED").<Integer>getList("items.number"))
                .containsExactly(first);

        jobs.post("snap-delete", "snapshots/" + first + "/undelete", "{\"reason\": \"oops\"}")
                .statusCode(200)
                .body("state", equalTo("COMPLETED"));
        assertThat(jobs.get("snap-delete", "/snapshots/" + first).getString("holds[0].reason"))
                .contains("brought back");
        jobs.done("snap-delete", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void followsTheLineageBothWays() {
        jobs.run(JobCalls.sums("snap-line", "filesystem"));
        int first = jobs.snapshot("snap-line");
        int second = jobs.snapshot("snap-line");
        int third = jobs.snapshot("snap-line");

        JsonPath up = jobs.get("snap-line", "/snapshots/main/lineage");
        JsonPath down = jobs.get("snap-line", "/snapshots/" + first + "/lineage?direction=DESCENDANTS&depth=1");

        assertThat(up.<Integer>getList("items.snapshot.number")).containsExactly(third, second, first);
        assertThat(up.<Integer>getList("items.distance")).containsExactly(0, 1, 2);
        assertThat(down.<Integer>getList("items.snapshot.number")).containsExactly(first, second);
        jobs.done("snap-line", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void showsAttemptsWithTheirPhasesAndSubtasks() {
        jobs.run(JobCalls.sums("snap-attempts", "filesystem"));
        JsonPath taken = jobs.done("snap-attempts", "snapshots", "{}");
        int number = taken.getInt("result.number");

        given().spec(api())
                .get("/api/v1/jobs/snap-attempts/checkpoints?state=COMPLETED")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].number", equalTo(number))
                .body("items[0].operationId", equalTo(taken.getString("id")))
                .body("items[0].snapshot", equalTo(taken.getString("result.id")))
                .body("items[0].phaseMillis.commit", notNullValue())
                .body("items[0].subtasks", nullValue());
        JsonPath attempt = jobs.get("snap-attempts", "/checkpoints/" + number);
        assertThat(attempt.getList("subtasks")).isNotEmpty();
        given().spec(api())
                .get("/api/v1/jobs/snap-attempts/checkpoints/4711")
                .then()
                .statusCode(404)
                .body("code", equalTo("checkpoint-not-found"));
        jobs.done("snap-attempts", "stop", "{\"mode\": \"CANCEL\"}");
    }
}
