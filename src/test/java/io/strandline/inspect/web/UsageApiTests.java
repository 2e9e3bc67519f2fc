package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files of versions, what jobs take, and how they grow. */
class UsageApiTests extends ServerTests {

    private static final String NUMBERS = """
            name: %s
            sources:
              - {name: numbers, type: sequence, count: 100000000, keys: 1000, rate: 2000}
            operators:
              - name: per-key
                type: aggregate
                input: numbers
                keyBy: [key]
                aggregates: {records: count()}
            sinks: [{name: nowhere, type: discard, input: per-key}]
            checkpoints: {interval: NONE}
            state: {backend: filesystem}
            """;

    @Test
    void listsFilesWithThoseWhoShareThem() {
        JobCalls calls = new JobCalls(this::api);
        run(calls, "usage-files");
        int first = calls.snapshot("usage-files");
        int second = calls.snapshot("usage-files");
        calls.done("usage-files", "stop", "{\"mode\": \"CANCEL\"}");

        JsonPath one = get("usage-files", "/snapshots/" + first + "/files");
        JsonPath two = get("usage-files", "/snapshots/" + second + "/files");
        List<Map<String, Object>> files = two.getList("files");
        assertThat(two.getInt("snapshot.number")).isEqualTo(second);
        assertThat(files).isNotEmpty().allSatisfy(file -> {
            assertThat(file)
                    .containsEntry("role", "RUN")
                    .containsEntry("operator", "per-key")
                    .containsEntry("state", "aggregates")
                    .containsEntry("encoding", "application/vnd.strandline.run.flat.v1")
                    .containsEntry("converted", false);
            assertThat((String) file.get("digest")).startsWith("sha256:");
        });
        List<String> before = one.getList("files.digest");
        files.forEach(file ->
                assertThat(file.get("sinceVersion")).isEqualTo(before.contains(file.get("digest")) ? first : second));
        files.forEach(
                file -> assertThat(file.get("sharedWith")).isEqualTo(before.contains(file.get("digest")) ? 1 : 0));
        long exclusive = files.stream()
                .filter(file -> file.get("sharedWith").equals(0))
                .mapToLong(file -> (Integer) file.get("bytes"))
                .sum();
        assertThat(two.getLong("exclusiveBytes")).isEqualTo(exclusive);
        assertThat(get("usage-files", "/snapshots/" + second).getLong("exclusiveBytes"))
                .isEqualTo(exclusive);
    }

    @Test
    void addsUpWhatJobsTake() {
        JobCalls calls = new JobCalls(this::api);
        run(calls, "usage-bytes");
        int first = calls.snapshot("usage-bytes");
        int second = calls.snapshot("usage-bytes");
        calls.done("usage-bytes", "stop", "{\"mode\": \"CANCEL\"}");

        JsonPath before = usage("usage-bytes");
        assertThat(before.getList("items")).hasSize(1);
        assertThat(before.getLong("items[0].bytes"))
                .isPositive()
                .isEqualTo(before.getLong("items[0].liveBytes"))
                .isEqualTo(before.getLong("items[0].branches[0].bytes"))
                .isEqualTo(before.getLong("items[0].kinds[0].bytes"))
                .isLessThanOrEqualTo(before.getLong("store.liveBytes"));
        assertThat(before.getString("items[0].kinds[0].kind")).isEqualTo("MANUAL");
        assertThat(before.getLong("items[0].trashBytes")).isZero();
        assertThat(before.getLong("store.freeBytes")).isPositive();

        long exclusive = get("usage-bytes", "/snapshots/" + first).getLong("exclusiveBytes");
        given().spec(api())
                .queryParam("reason", "to see it in the trash")
                .delete("/api/v1/jobs/usage-bytes/snapshots/" + first)
                .then()
                .statusCode(200);
        JsonPath after = usage("usage-bytes");
        assertThat(after.getLong("items[0].trashBytes")).isEqualTo(exclusive);
        assertThat(after.getLong("items[0].bytes")).isEqualTo(before.getLong("items[0].bytes"));
        assertThat(second).isGreaterThan(first);

        given().spec(api())
                .queryParam("limit", 1)
                .get("/api/v1/storage/usage")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        given().spec(api())
                .queryParam("job", "no-such-job")
                .get("/api/v1/storage/usage")
                .then()
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
    }

    @Test
    void followsGrowthAndSaysWhenThereIsTooLittleToTell() {
        JobCalls calls = new JobCalls(this::api);
        run(calls, "usage-growth");
        calls.snapshot("usage-growth");
        int last = calls.snapshot("usage-growth");
        calls.done("usage-growth", "stop", "{\"mode\": \"CANCEL\"}");

        given().spec(api())
                .get("/api/v1/jobs/usage-growth/growth?size=1000000")
                .then()
                .statusCode(200)
                .body("branch", equalTo("main"))
                .body("freeBytes", greaterThan(0L))
                .body("unreadable", equalTo(0))
                .body("operators.operator", hasItem("per-key"))
                .body("operators[0].growth.sizes", hasSize(2))
                .body("operators[0].growth.sizes.bytes", everyItem(greaterThan(0)))
                .body("operators[0].growth.sizes[1].number", equalTo(last))
                .body("total", not(hasKey("forecast")))
                .body("total.note", startsWith("2 versions over PT"))
                .body("total.note", containsString("8 over PT10M"));
        given().spec(api())
                .get("/api/v1/jobs/usage-growth/growth?branch=none")
                .then()
                .statusCode(404)
                .body("code", equalTo("branch-not-found"));
        given().spec(api())
                .get("/api/v1/jobs/usage-growth/growth?size=0")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-parameter"));
    }

    private void run(JobCalls calls, String job) {
        given().spec(api())
                .contentType("application/yaml")
                .body(NUMBERS.formatted(job).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/jobs")
                .then()
                .statusCode(201);
        calls.done(job, "start", "{}");
    }

    private JsonPath get(String job, String path) {
        return new JobCalls(this::api).get(job, path);
    }

    private JsonPath usage(String job) {
        return given().spec(api())
                .queryParam("job", job)
                .get("/api/v1/storage/usage")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
