package io.strandline.checkpoint.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every call of {@code openapi.yaml} that reads a version takes every way to name one, and so does whatever goes on from one. */
class RevisionExpressionTests extends ServerTests {

    private static final String JOB = "revisions";

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void everyReadTakesEveryExpression() {
        Map<String, Integer> meant = expressions();
        List<String> routes = routes();
        assertThat(routes).hasSizeGreaterThan(7);
        List<String> wrong = new ArrayList<>();
        for (String route : routes) {
            Map<Integer, String> byNumber = Map.of(1, read(route, "1"), 2, read(route, "2"));
            meant.forEach((expression, number) -> {
                String answer = read(route, expression);
                if (!answer.equals(byNumber.get(number))) {
                    wrong.add(route + " of " + expression + " is not that of " + number + ": " + answer);
                }
            });
        }
        assertThat(wrong).isEmpty();
        meant.forEach(this::namesAVersionToGoOnFrom);
    }

    /** What each expression means, of a job with two versions. */
    private Map<String, Integer> expressions() {
        jobs.run(JobCalls.sums(JOB, "filesystem"));
        jobs.done(JOB, "snapshots", "{\"tag\": \"first\"}");
        Instant between = Instant.parse(jobs.get(JOB, "/branches/main/reflog").getString("items[0].at"));
        jobs.done(JOB, "snapshots", "{\"tag\": \"second\"}");
        jobs.done(JOB, "stop", "{\"mode\": \"CANCEL\"}");
        for (String number : List.of("1", "2")) {
            jobs.done(JOB, "snapshots/" + number + "/verify", "{\"level\": \"CONTENT\"}");
        }
        Map<String, Integer> meant = new LinkedHashMap<>();
        meant.put(jobs.get(JOB, "/snapshots/1").getString("id"), 1);
        meant.put("first", 1);
        meant.put("main~1", 1);
        meant.put("main~", 1);
        meant.put("second~1", 1);
        meant.put("main@" + between, 1);
        meant.put("main", 2);
        meant.put("latest", 2);
        meant.put("latest-verified", 2);
        meant.put("main@2999-01-01T00:00:00Z", 2);
        return meant;
    }

    /** The calls with a version in their path, where any expression will do. */
    private static List<String> routes() {
        JsonNode paths =
                new YAMLMapper().readTree(Path.of("openapi.yaml").toFile()).get("paths");
        List<String> routes = new ArrayList<>();
        paths.propertyStream()
                .filter(path -> path.getKey().contains("{rev}"))
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    /** What a call says of a version, without what changes from one call to the next. */
    private String read(String route, String expression) {
        String[] call = route.split(" ", 2);
        String path = call[1].replace("{job}", JOB)
                .replace("{operator}", "by-key")
                .replace("{state}", "aggregates")
                .replace("{rev}", "{revision}");
        var request = given().spec(api()).header("Prefer", "wait=30");
        if (path.endsWith("/aggregates")) {
            request.queryParam("key", 3);
        }
        if (call[0].equals("POST")) {
            request.contentType("application/json").body("{}");
        }
        var response = request.request(call[0], path, expression).then().extract();
        String body = response.statusCode() + " " + response.body().asString();
        return call[0].equals("POST")
                ? response.statusCode() + " " + response.body().jsonPath().getString("result.snapshot.id")
                : body.replaceAll("\"evaluatedAt\":\"[^\"]+\"", "");
    }

    private void namesAVersionToGoOnFrom(String expression, int number) {
        String tag = "t-" + Integer.toHexString(expression.hashCode());
        JsonPath tagged = given().spec(api())
                .contentType("application/json")
                .body("{\"snapshot\": \"" + expression + "\"}")
                .put("/api/v1/jobs/" + JOB + "/tags/" + tag)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(tagged.getInt("snapshot.number")).as(expression).isEqualTo(number);
        String branch = "b-" + Integer.toHexString(expression.hashCode());
        int forked = jobs.post(JOB, "branches", "{\"name\": \"" + branch + "\", \"from\": \"" + expression + "\"}")
                .statusCode(201)
                .extract()
                .path("head.number");
        assertThat(forked).as(expression).isEqualTo(number);
        int compared = jobs.post(JOB, "diffs", "{\"from\": \"" + expression + "\", \"to\": \"2\"}")
                .statusCode(201)
                .extract()
                .path("from.number");
        assertThat(compared).as(expression).isEqualTo(number);
    }
}
