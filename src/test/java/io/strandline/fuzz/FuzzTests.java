package io.strandline.fuzz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests of every call of the API document that are almost right, and looks that each is answered in good order: no
 * 5xx, no stack trace, every refusal a problem, and nothing changed by what was refused. {@code -Dfuzz.requests} for more
 * than the usual number, {@code -Dfuzz.seed} for others.
 */
class FuzzTests {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_500);
    private static final long SEED = Long.getLong("fuzz.seed", 20260801L);
    private static final int HEAL_EVERY = 250;
    private static final String JOB = "fuzz";
    private static final Pattern INSIDES =
            Pattern.compile("Exception|\\bat (?:io|java|org|tools)\\.|io\\.strandline\\.|java\\.(?:lang|util)");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/yaml",
            "application/x-ndjson",
            "text/plain",
            "application/x-tar",
            "*/*",
            "%");
    private static final List<String> LISTS = List.of(
            "audit",
            "branches",
            "checkpoints",
            "dead-letters",
            "diff-entries",
            "diffs",
            "gc-quarantine",
            "gc-runs",
            "holds",
            "instances",
            "jobs",
            "operations",
            "reflog",
            "retention-plan-items",
            "retention-plans",
            "snapshots",
            "tags",
            "trash");

    private final Random random = new Random(SEED);
    private final Junk junk = new Junk(random);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> known = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    @Test
    void answersWhateverItIsSentInGoodOrder(@TempDir Path directory, TestReporter reporter) throws Exception {
        try (OwnServer server = OwnServer.on(directory)) {
            JsonNode document = JsonMapper.shared()
                    .readTree(given().spec(server.api()).get("/v3/api-docs").asByteArray());
            List<Route> routes = Route.of(document);
            Bodies bodies = new Bodies(document, known, random);
            for (int i = 0; i < REQUESTS; i++) {
                if (i % HEAL_EVERY == 0) {
                    heal(server);
                }
                Route route = routes.get(i % routes.size());
                send(request(server, route, bodies, "fuzz-" + i), route);
            }
            assertThat(faults).as("seed %d, answers %s", SEED, statuses).isEmpty();
            assertThat(statuses.keySet()).contains(200, 400, 404, 409, 422);
            assertThat(audited(server))
                    .as("requests that were refused and changed something")
                    .isEmpty();
        }
        reporter.publishEntry("fuzz", "%d requests, seed %d, answers %s".formatted(REQUESTS, SEED, statuses));
    }

    /** Sees to it that there is a job with a version, a tag and a hold again. */
    private void heal(OwnServer server) {
        given().spec(server.api()).post("/api/v1/jobs/" + JOB + "/undelete");
        given().spec(server.api()).delete("/api/v1/retention-policy?reason=heal");
        Response job = given().spec(server.api()).get("/api/v1/jobs/" + JOB);
        if (job.statusCode() == 404) {
            server.jobs().submit(JobCalls.sums(JOB, "filesystem"));
        }
        if (!"RUNNING".equals(job.path("state"))) {
            verb(server, "start", "{\"from\": \"EMPTY\"}");
        }
        String id =
                String.valueOf(verb(server, "snapshots", "{\"tag\": \"kept\"}").getString("result.id"));
        known.putAll(Map.of("job", JOB, "name", "kept", "b", "main", "branch", "main", "to", "main", "from", "main"));
        known.putAll(Map.of("rev", "main", "operator", "by-key", "state", "aggregates", "source", "numbers", "n", "1"));
        known.put("snapshot", "main");
        known.put("expectedHead", id);
        known.put("code", "job-not-found");
        known.put("id", id);
    }

    /** What comes of it depends on what was sent before. */
    private static JsonPath verb(OwnServer server, String verb, String body) {
        return given().spec(server.api())
                .contentType("application/json")
                .header("Prefer", "wait=10")
                .body(body)
                .post("/api/v1/jobs/" + JOB + "/" + verb)
                .jsonPath();
    }

    private HttpRequest request(OwnServer server, Route route, Bodies bodies, String id) {
        String path = route.path();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new HashMap<>(Map.of("X-Request-Id", id, "X-Strandline-Actor", "fuzz"));
        int oneIn = junk.one(List.of(2, 6, 30, 1_000));
        for (Route.Parameter parameter : route.parameters()) {
            String value = value(parameter, oneIn);
            switch (parameter.in()) {
                case "path" -> path = path.replace("{" + parameter.name() + "}", encoded(value));
                case "query" -> {
                    if (parameter.required() || random.nextInt(3) == 0) {
                        query.add(parameter.name() + "=" + encoded(value));
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        headers.put(parameter.name(), printable(value));
                    }
                }
            }
        }
        if (random.nextInt(40) == 0) {
            query.add(encoded(junk.text()) + "=" + encoded(junk.text()));
        }
        String address = server.address() + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        String body = body(route, bodies, oneIn);
        if (!body.isEmpty()) {
            boolean wrong = route.bodyTypes().isEmpty() || random.nextInt(20) == 0;
            headers.put("Content-Type", wrong ? junk.one(TYPES) : junk.one(route.bodyTypes()));
        }
        if (random.nextInt(20) == 0) {
            headers.put("Accept", junk.one(TYPES));
        }
        headers.forEach(request::header);
        return request.method(route.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private String body(Route route, Bodies bodies, int oneIn) {
        JsonNode schema = route.body();
        if (schema == null) {
            return random.nextInt(30) == 0 ? junk.body() : "";
        }
        return random.nextInt(10) == 0 ? junk.body() : bodies.of(schema, oneIn);
    }

    private String value(Route.Parameter parameter, int oneIn) {
        if (random.nextInt(oneIn) == 0) {
            return parameter.name().equals("cursor") ? junk.cursor(junk.one(LISTS)) : junk.text();
        }
        if (parameter.name().equals("cursor")) {
            return junk.cursor(junk.one(LISTS));
        }
        if (known.containsKey(parameter.name())) {
            return known.get(parameter.name());
        }
        JsonNode choices = parameter.schema().path("enum");
        if (choices.size() > 0) {
            return choices.get(random.nextInt(choices.size())).asString();
        }
        String example = parameter.example().isEmpty()
                ? parameter.schema().path("example").asString("")
                : parameter.example();
        return example.isEmpty() ? junk.one(List.of("1", "true", "main", "text")) : example;
    }

    private void send(HttpRequest request, Route route) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        int status = response.statusCode();
        statuses.merge(status, 1, Integer::sum);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (status < 400) {
            try (InputStream body = response.body()) {
                if (!type.startsWith("text/event-stream")) {
                    body.transferTo(OutputStream.nullOutputStream());
                }
            }
            return;
        }
        String text;
        try (InputStream body = response.body()) {
            text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
        String id = request.headers().firstValue("X-Request-Id").orElseThrow();
        String answer = "%s %s %s %s -> %d %s %s"
                .formatted(
                        id,
                        route,
                        request.uri().toString().replaceAll("^http://[^/]+", ""),
                        request.headers().map(),
                        status,
                        type,
                        text);
        refused.put(id, answer);
        boolean head = request.method().equals("HEAD");
        if (status >= 500
                || INSIDES.matcher(text).find()
                || !head && !(type.startsWith("application/problem+json") && text.contains("\"code\":"))) {
            faults.add(answer);
        }
    }

    /** Changes that the audit says were made by requests that were refused; operations that fail later do not count. */
    private List<String> audited(OwnServer server) {
        return given().spec(server.api())
                .accept("application/x-ndjson")
                .queryParam("actor", "fuzz")
                .get("/api/v1/audit")
                .asString()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .filter(change -> refused.containsKey(change.get("requestId").asString("")))
                .map(change ->
                        change + " by " + refused.get(change.get("requestId").asString()))
                .toList();
    }

    private static String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.isEmpty() ? "%20" : encoded.replaceAll("^\\.+$", "%2E%2E");
    }

    private static String printable(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?").strip();
        return printable.isEmpty() ? "?" : printable;
    }
}
