package io.strandline.web.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which calls can be told why, which want to be, and that what they are told gets into the audit. */
class ReasonTests extends ServerTests {

    /** Calls that change something and take no reason: they add, describe, look, or stop nothing that runs. */
    private static final String WITHOUT = """
        PATCH /jobs/{job}/branches/{branch}
        PATCH /jobs/{job}/snapshots/{id}
        POST /jobs
        POST /jobs/{job}/diffs
        POST /jobs/{job}/snapshots/import
        POST /jobs/{job}/snapshots/{rev}/verify
        POST /jobs/{job}/sources/{source}/records
        POST /operations/{id}/cancel
        POST /pipelines/validate
        POST /retention-plans
        """;

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void everyCallThatTakesSomethingAwayCanBeToldWhy() {
        JsonNode document = JsonMapper.shared()
                .readTree(given().spec(api()).get("/v3/api-docs").asByteArray());
        Set<String> without = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                if (!call.getKey().equals("get") && !takesReason(document, call.getValue())) {
                    without.add(call.getKey().toUpperCase(Locale.ROOT) + " "
                            + path.getKey().replaceFirst("^/api/v1", ""));
                }
            }
        }

        assertThat(without).isEqualTo(WITHOUT.lines().collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aPurgeWantsAReason() {
        for (String body : List.of("{}", "{\"reason\": \" \"}", "{\"skipQuarantine\": true}")) {
            json().body(body)
                    .post("/api/v1/trash/purge")
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("reason-required"))
                    .body("errors.pointer", contains("/reason"));
        }
        given().spec(api()).post("/api/v1/trash/purge").then().statusCode(422).body("code", equalTo("reason-required"));
    }

    @Test
    void whatIsForcedWantsAReason() {
        jobs.submit(JobCalls.sums("reasons-plan", "filesystem"));
        String plan = json().body("{\"jobs\": [\"reasons-plan\"]}")
                .post("/api/v1/retention-plans")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        json().body("{\"force\": true}")
                .post("/api/v1/retention-plans/" + plan + "/apply")
                .then()
                .statusCode(422)
                .body("code", equalTo("reason-required"));

        jobs.run(JobCalls.sums("reasons-reset", "filesystem"));
        int version = jobs.snapshot("reasons-reset");
        jobs.post("reasons-reset", "restore", "{\"to\": " + version + ", \"mode\": \"RESET\", \"force\": true}")
                .statusCode(422)
                .body("code", equalTo("reason-required"));
        jobs.post("reasons-reset", "snapshots/" + version + "/holds", "{}")
                .statusCode(400)
                .body("errors.pointer", hasItem(containsString("reason")));
        jobs.done("reasons-reset", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void reasonsGetIntoTheAudit() {
        jobs.run(JobCalls.sums("reasons-kept", "filesystem"));
        int first = jobs.snapshot("reasons-kept");
        jobs.snapshot("reasons-kept");
        jobs.done("reasons-kept", "stop", "{\"mode\": \"CANCEL\", \"reason\": \"told to stop\"}");
        String job = "/api/v1/jobs/reasons-kept";
        keepAndForget(job);
        nameAndUnname(job, first);
        given().spec(api())
                .delete(job + "/snapshots/" + first + "?reason=told to delete")
                .then()
                .statusCode(200);
        given().spec(api()).delete(job + "?reason=told to go").then().statusCode(200);

        JsonPath audit = given().spec(api())
                .queryParam("reason", "told to")
                .queryParam("limit", 100)
                .get("/api/v1/audit")
                .jsonPath();

        assertThat(audit.<String>getList("items.reason"))
                .contains(
                        "told to stop",
                        "told to keep",
                        "told to forget",
                        "told to name",
                        "told to unname",
                        "told to delete",
                        "told to go");
    }

    private void keepAndForget(String job) {
        json().body("{\"keep\": {\"last\": 70}}")
                .put(job + "/retention-policy?reason=told to keep")
                .then()
                .statusCode(200);
        String tag = given().spec(api()).get(job + "/retention-policy").header("ETag");
        given().spec(api())
                .header("If-Match", tag)
                .delete(job + "/retention-policy?reason=told to forget")
                .then()
                .statusCode(204);
    }

    private void nameAndUnname(String job, int version) {
        json().body("{\"snapshot\": " + version + ", \"reason\": \"told to name\"}")
                .put(job + "/tags/named")
                .then()
                .statusCode(201);
        given().spec(api())
                .delete(job + "/tags/named?reason=told to unname")
                .then()
                .statusCode(204);
    }

    private static boolean takesReason(JsonNode document, JsonNode call) {
        for (JsonNode parameter : call.path("parameters")) {
            if (parameter.path("name").asString().equals("reason")) {
                return true;
            }
        }
        for (Map.Entry<String, JsonNode> type : call.at("/requestBody/content").properties()) {
            JsonNode schema = type.getValue().path("schema");
            String reference = schema.path("$ref").asString("");
            JsonNode meant = reference.isEmpty() ? schema : document.at(reference.substring(1));
            if (meant.path("properties").has("reason")) {
                return true;
            }
        }
        return false;
    }

    private RequestSpecification json() {
        return given().spec(api()).contentType("application/json");
    }
}
