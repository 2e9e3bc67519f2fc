package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.ServerTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffApiTests extends ServerTests {

    private static final int KEYS = 10;

    private final DiffCalls calls = new DiffCalls(new JobCalls(this::api));

    @Test
    void showsEveryKeyThatDiffersAsLookUpsInBothVersionsDo() {
        int[] versions = twoVersions("diff-keys", "filesystem");

        JsonPath diff = diff("diff-keys", versions[0], versions[1], "{}")
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(diff.getInt("from.number")).isEqualTo(versions[0]);
        assertThat(diff.getInt("to.number")).isEqualTo(versions[1]);
        assertThat(diff.getInt("counts.changed")).isEqualTo(KEYS);
        assertThat(diff.getInt("counts.added") + diff.getInt("counts.removed")).isZero();
        assertThat(diff.getInt("operators.find{it.operator=='by-key'}.states[0].unmodified.entries"))
                .isZero();
        assertThat(diff.getList("operators.find{it.operator=='by-key'}.states[0].samples"))
                .hasSize(2);
        assertThat(diff.getList("sources.source", String.class)).containsExactly("numbers", "numbers");
        assertThat(diff.getLong("sources[0].after")).isGreaterThan(diff.getLong("sources[0].before"));
        List<Map<String, Object>> entries = calls.entries("diff-keys", diff.getString("id"), 3);
        assertThat(entries).hasSize(KEYS);
        for (Map<String, Object> entry : entries) {
            assertThat(entry.get("type")).isEqualTo("CHANGED");
            assertThat(entry.get("before")).isEqualTo(calls.value("diff-keys", versions[0], entry.get("key")));
            assertThat(entry.get("after")).isEqualTo(calls.value("diff-keys", versions[1], entry.get("key")));
        }
    }

    @Test
    void comparesVersionsOfTwoBackends() {
        int[] versions = twoVersions("diff-backends", "filesystem");
        JobCalls jobs = new JobCalls(this::api);
        jobs.done("diff-backends", "start", "{\"backend\": \"rocksdb\"}");
        int written = jobs.snapshot("diff-backends");
        jobs.done("diff-backends", "stop", "{\"mode\": \"CANCEL\"}");

        JsonPath diff = diff("diff-backends", versions[1], written, "{}")
                .statusCode(201)
                .extract()
                .jsonPath();

        for (Map<String, Object> entry : calls.entries("diff-backends", diff.getString("id"), 100)) {
            assertThat(entry.get("before")).isEqualTo(calls.value("diff-backends", versions[1], entry.get("key")));
            assertThat(entry.get("after")).isEqualTo(calls.value("diff-backends", written, entry.get("key")));
        }
        JsonPath back = diff("diff-backends", written, versions[0], "{}")
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(back.getInt("counts.changed")).isEqualTo(KEYS);
        assertThat(back.getLong("sources[0].after")).isLessThan(back.getLong("sources[0].before"));
    }

    @Test
    void readsNothingOfAVersionAndItself() {
        int[] versions = twoVersions("diff-same", "filesystem");

        diff("diff-same", versions[0], versions[0], "{}")
                .statusCode(201)
                .body("equalByDigest", equalTo(true))
                .body("counts.changed", equalTo(0))
                .body("operators.find{it.operator=='by-key'}.states[0].unmodified.entries", equalTo(KEYS))
                .body("operators.find{it.operator=='by-key'}.states[0].unmodified.exact", equalTo(true))
                .body("sources", empty())
                .body("operators.find{it.operator=='by-key'}.states[0].files.fromBytes", greaterThan(0));
    }

    @Test
    void keepsDiffsAndListsThemNewestFirst() {
        int[] versions = twoVersions("diff-list", "filesystem");
        String first =
                diff("diff-list", versions[0], versions[1], "{}").extract().path("id");
        String second =
                diff("diff-list", versions[1], versions[0], "{}").extract().path("id");

        given().spec(api())
                .queryParam("limit", 2)
                .get("/api/v1/jobs/diff-list/diffs")
                .then()
                .statusCode(200)
                .body("items.id", contains(second, first));
        given().spec(api())
                .get("/api/v1/jobs/diff-list/diffs/" + first)
                .then()
                .statusCode(200)
                .body("counts.changed", equalTo(KEYS));
        String cursor = given().spec(api())
                .queryParam("limit", 1)
                .get("/api/v1/jobs/diff-list/diffs")
                .then()
                .body("items.id", contains(second))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        given().spec(api())
                .queryParam("cursor", cursor)
                .queryParam("limit", 1)
                .get("/api/v1/jobs/diff-list/diffs")
                .then()
                .body("items.id", contains(first));
    }

    @Test
    void limitsWhatItShowsToWhatWasAskedFor() {
        int[] versions = twoVersions("diff-filter", "filesystem");
        String id = diff("diff-filter", versions[0], versions[1], "{\"operators\": [\"by-key\"], \"samples\": 0}")
                .statusCode(201)
                .body("operators.operator", contains("by-key"))
                .body("operators.find{it.operator=='by-key'}.states[0].samples", empty())
                .extract()
                .path("id");

        given().spec(api())
                .queryParam("type", "ADDED")
                .get("/api/v1/jobs/diff-filter/diffs/" + id + "/entries")
                .then()
                .statusCode(200)
                .body("items", empty());
        given().spec(api())
                .queryParam("state", "no-such")
                .get("/api/v1/jobs/diff-filter/diffs/" + id + "/entries")
                .then()
                .statusCode(200)
                .body("items", empty());
        diff("diff-filter", versions[0], versions[1], "{\"operators\": [\"by-kee\"]}")
                .statusCode(404)
                .body("code", equalTo("operator-not-found"))
                .body("errors[0].pointer", equalTo("operators"));
        diff("diff-filter", versions[0], versions[1], "{\"states\": [\"totals\"]}")
                .statusCode(404)
                .body("code", equalTo("state-not-found"));
    }

    @Test
    void refusesWhatItCannotFind() {
        int[] versions = twoVersions("diff-nothing", "filesystem");

        diff("diff-nothing", versions[0], 4711, "{}").statusCode(404).body("code", equalTo("snapshot-not-found"));
        given().spec(api())
                .get("/api/v1/jobs/diff-nothing/diffs/01990f3c-5a00-7abc-8def-0123456789ab")
                .then()
                .statusCode(404)
                .body("code", equalTo("diff-not-found"));
        String id =
                diff("diff-nothing", versions[0], versions[1], "{}").extract().path("id");
        given().spec(api())
                .queryParam("cursor", "AAAA")
                .get("/api/v1/jobs/diff-nothing/diffs/" + id + "/entries")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        new JobCalls(this::api)
                .post("diff-nothing", "diffs", "{\"from\": 1}")
                .statusCode(400)
                .body("code", equalTo("invalid-body"));
        new JobCalls(this::api)
                .post("diff-nothing", "diffs", "{\"from\": 1, \"to\": 2, \"samples\": 101}")
                .statusCode(400)
                .body("errors[0].pointer", containsString("samples"));
    }

    @Test
    void becomesAnOperationWhenThereIsMuchToCompare(@TempDir Path directory) {
        try (OwnServer server = OwnServer.on(directory, List.of("--strandline.diff.quick-size=0B"))) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("diff-much", "filesystem"));
            int from = jobs.snapshot("diff-much");
            int to = jobs.snapshot("diff-much");

            JsonPath operation = jobs.done("diff-much", "diffs", "{\"from\": \"%d\", \"to\": %d}".formatted(from, to));

            assertThat(operation.getString("type")).isEqualTo("diff");
            assertThat(operation.getInt("result.from.number")).isEqualTo(from);
            jobs.get("diff-much", "/diffs/" + operation.getString("result.id"));
            assertThat(jobs.get("diff-much", "/diffs").getList("items")).hasSize(1);
            jobs.done("diff-much", "stop", "{\"mode\": \"CANCEL\"}");
        }
    }

    private int[] twoVersions(String job, String backend) {
        JobCalls jobs = new JobCalls(this::api);
        jobs.run(JobCalls.sums(job, backend));
        int first = jobs.snapshot(job);
        while (diff(job, first, first, "{}")
                        .extract()
                        .<Integer>path("operators.find{it.operator=='by-key'}.states[0].unmodified.entries")
                < KEYS) {
            first = jobs.snapshot(job);
        }
        int second = jobs.snapshot(job);
        while (diff(job, first, second, "{}").extract().<Integer>path("counts.changed") < KEYS) {
            second = jobs.snapshot(job);
        }
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
        return new int[] {first, second};
    }

    private ValidatableResponse diff(String job, int from, int to, String more) {
        return calls.diff(job, from, to, more);
    }
}
