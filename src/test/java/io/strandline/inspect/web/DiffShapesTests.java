package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares versions that other pipelines or backends wrote, or that have rows on their way. */
class DiffShapesTests extends ServerTests {

    private static final int KEYS = 10;
    private static final String TOTAL = "\"total\": \"sum(value)\"";
    private static final String STATE = "operators.find{it.operator=='by-key'}.states[0]";

    private final JobCalls jobs = new JobCalls(this::api);
    private final DiffCalls calls = new DiffCalls(jobs);

    @Test
    void comparesTheColumnsThatBothVersionsHave() {
        String job = "diff-columns";
        int before = fullVersion(job);
        change(job, JobCalls.sums(job, "filesystem").replace(TOTAL, "\"most\": \"max(value)\""), "");
        int after = laterVersion(job, before);

        JsonPath diff = calls.made(job, before, after);

        assertThat(diff.getBoolean(STATE + ".schema.changed")).isTrue();
        assertThat(diff.getBoolean(STATE + ".schema.compatible")).isTrue();
        assertThat(diff.getString(STATE + ".schema.explanation"))
                .contains("most")
                .contains("total");
        assertThat(diff.getInt("counts.changed")).isEqualTo(KEYS);
        assertEntriesAreWhatLookUpsFind(job, before, after, diff.getString("id"), List.of("rows"));
    }

    @Test
    void readsAWidenedColumnOfTheEarlierVersionAsTheLaterOneDoes() {
        String job = "diff-widened";
        int before = fullVersion(job);
        change(job, JobCalls.sums(job, "filesystem").replace("sum(value)", "sum(double(value))"), "");
        int after = laterVersion(job, before);

        JsonPath diff = calls.made(job, before, after);

        assertThat(diff.getString(STATE + ".schema.explanation")).contains("total is widened to DOUBLE");
        assertThat(diff.getInt("counts.changed")).isEqualTo(KEYS);
        assertEntriesAreWhatLookUpsFind(job, before, after, diff.getString("id"), List.of("rows", "total"));
    }

    @Test
    void showsWhatOfAnOperatorThatOnlyOneVersionHasAsAddedAndRemoved() {
        String job = "diff-dropped";
        int before = fullVersion(job);
        change(job, JobCalls.sums(job, "filesystem").replace("by-key", "anew"), "?allowDroppedState=true");
        jobs.done(job, "start", "{\"allowDroppedState\": true}");
        int after = jobs.snapshot(job);
        while (jobs.get(job, "/snapshots/" + after + "/state/anew/aggregates?limit=100")
                        .getList("items")
                        .size()
                < KEYS) {
            after = jobs.snapshot(job);
        }
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");

        JsonPath diff = calls.made(job, before, after);

        assertThat(diff.getString("operators.find{it.operator=='by-key'}.presence"))
                .isEqualTo("REMOVED");
        assertThat(diff.getString("operators.find{it.operator=='anew'}.presence"))
                .isEqualTo("ADDED");
        assertThat(diff.getInt(STATE + ".counts.removed")).isEqualTo(KEYS);
        assertThat(diff.getInt("counts.added")).isEqualTo(KEYS);
        assertThat(diff.getInt("counts.changed")).isZero();
        assertThat(calls.entries(job, diff.getString("id"), 7))
                .hasSize(2 * KEYS)
                .allSatisfy(entry -> assertThat(entry.get("operator").equals("anew"))
                        .isEqualTo(entry.get("type").equals("ADDED")));
    }

    @Test
    void comparesAVersionInMemoryWithADurableOne() {
        String job = "diff-memory";
        jobs.run(JobCalls.sums(job, "memory"));
        int before = full(job);
        change(job, JobCalls.sums(job, "filesystem"), "");
        int after = laterVersion(job, before);
        assertThat(jobs.get(job, "/snapshots/" + before).getBoolean("durable")).isFalse();
        assertThat(jobs.get(job, "/snapshots/" + after).getBoolean("durable")).isTrue();

        JsonPath diff = calls.made(job, before, after);

        assertThat(diff.getInt("counts.changed")).isEqualTo(KEYS);
        assertEntriesAreWhatLookUpsFind(job, before, after, diff.getString("id"), List.of("rows", "total"));
        JsonPath back = calls.made(job, after, before);
        assertThat(back.getInt("counts.changed")).isEqualTo(KEYS);
    }

    @Test
    void tellsHowManyRowsWereOnTheirWayAndDoesNotCompareThem() {
        String job = "diff-in-flight";
        jobs.run("""
                {"name": "diff-in-flight",
                 "sources": [{"name": "numbers", "type": "sequence", "partitions": 2, "keys": 10, "seed": 7}],
                 "operators": [{"name": "by-key", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                                "aggregates": {"rows": "count()"}, "emit": "NONE"}],
                 "sinks": [], "parallelism": 2,
                 "checkpoints": {"interval": "NONE", "unaligned": true},
                 "state": {"backend": "filesystem"}}""");
        int before = jobs.snapshot(job);
        JsonPath diff = calls.made(job, before, jobs.snapshot(job));
        Instant deadline = Instant.now().plusSeconds(30);
        while (rowsAfter(diff) == 0) {
            assertThat(Instant.now()).as(diff.prettify()).isBefore(deadline);
            diff = calls.made(job, before, jobs.snapshot(job));
        }
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");

        assertThat(diff.getLong("operators.find{it.operator=='by-key'}.inFlight.bytesAfter"))
                .isPositive();
        assertThat(diff.<String>getList("operators.find{it.operator=='by-key'}.states.state"))
                .containsExactly("aggregates");
        assertThat(diff.getInt("counts.changed") + diff.getInt("counts.added")).isEqualTo(KEYS);
        assertThat(calls.entries(job, diff.getString("id"), 100)).hasSize(KEYS);
    }

    private static int rowsAfter(JsonPath diff) {
        Map<String, Integer> inFlight = diff.getMap("operators.find{it.operator=='by-key'}.inFlight");
        return inFlight == null ? 0 : inFlight.get("rowsAfter");
    }

    /** Entries are what look-ups in both versions find, of the given columns, numbers as the later version has them. */
    private void assertEntriesAreWhatLookUpsFind(String job, int before, int after, String id, List<String> columns) {
        List<Map<String, Object>> entries = calls.entries(job, id, 3);
        assertThat(entries).hasSize(KEYS);
        for (Map<String, Object> entry : entries) {
            assertThat(numbers(entry.get("before"), columns))
                    .isEqualTo(numbers(calls.value(job, before, entry.get("key")), columns));
            assertThat(numbers(entry.get("after"), columns))
                    .isEqualTo(numbers(calls.value(job, after, entry.get("key")), columns));
            assertThat(((Map<?, ?>) entry.get("before")).keySet()).hasSize(columns.size());
        }
    }

    private static List<Double> numbers(Object value, List<String> columns) {
        return columns.stream()
                .map(column -> ((Number) ((Map<?, ?>) value).get(column)).doubleValue())
                .toList();
    }

    private int fullVersion(String job) {
        jobs.run(JobCalls.sums(job, "filesystem"));
        return full(job);
    }

    /** The first version with all keys; nothing runs behind it. */
    private int full(String job) {
        int version = jobs.snapshot(job);
        while (jobs.get(job, "/snapshots/" + version + "/state/by-key/aggregates?limit=100")
                        .getList("items")
                        .size()
                < KEYS) {
            version = jobs.snapshot(job);
        }
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
        return version;
    }

    private void change(String job, String document, String query) {
        given().spec(api())
                .contentType("application/json")
                .body(document)
                .put("/api/v1/jobs/" + job + "/pipeline" + query)
                .then()
                .statusCode(200);
    }

    /** A version in which every key has more rows than in an earlier one. */
    private int laterVersion(String job, int before) {
        jobs.done(job, "start", "{}");
        int version = jobs.snapshot(job);
        while (calls.made(job, before, version).getInt("counts.changed") < KEYS) {
            version = jobs.snapshot(job);
        }
        jobs.done(job, "stop", "{\"mode\": \"CANCEL\"}");
        return version;
    }
}
