package io.strandline.upgrade;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The jobs of a golden data directory: one for each way in which state is written, and one whose newest version holds rows that
 * its barriers overtook. Each has three versions and one in the trash, a tag, a hold and a fork.
 */
final class GoldenJobs {

    /** So that few rows are in flight when a barrier overtakes them. */
    static final List<String> SETTINGS = List.of(
            "--strandline.engine.batch-size=16",
            "--strandline.engine.queue-capacity=4",
            "--strandline.engine.workers=2");

    private static final List<String> NAMES = List.of("golden-filesystem", "golden-rocksdb", "golden-unaligned");
    private static final String OVERTAKEN = """
            {"name": "golden-unaligned", "parallelism": 2,
             "sources": [{"name": "numbers", "type": "sequence", "partitions": 2, "keys": 10, "seed": 7}],
             "operators": [{"name": "by-key", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                            "aggregates": {"rows": "count()", "total": "sum(value)"}, "emit": "NONE"}],
             "sinks": [],
             "checkpoints": {"interval": "NONE", "unaligned": true}, "state": {"backend": "filesystem"}}""";

    private final OwnServer server;
    private final JobCalls jobs;

    GoldenJobs(OwnServer server) {
        this.server = server;
        this.jobs = server.jobs();
    }

    /** Lets every job live, and stops it. */
    void live() {
        live("golden-filesystem", JobCalls.sums("golden-filesystem", "filesystem"));
        live("golden-rocksdb", JobCalls.sums("golden-rocksdb", "rocksdb"));
        live("golden-unaligned", OVERTAKEN);
    }

    private void live(String name, String pipeline) {
        jobs.run(pipeline);
        int first = jobs.snapshot(name);
        int second = jobs.snapshot(name);
        int third = jobs.snapshot(name);
        jobs.post(name, "snapshots/" + second + "/holds", "{\"reason\": \"kept for a later build\"}")
                .statusCode(201);
        jobs.post(name, "branches", "{\"name\": \"fork\", \"from\": \"" + first + "\"}")
                .statusCode(201);
        jobs.done(name, "snapshots", "{\"tag\": \"golden\"}");
        jobs.done(name, "stop", "{\"mode\": \"CANCEL\"}");
        given().spec(server.api())
                .delete("/api/v1/jobs/{job}/snapshots/{number}?reason=golden", name, third)
                .then()
                .statusCode(200);
    }

    /** All that has to be there, in words that do not depend on what later builds add to their answers. */
    String seen() {
        StringBuilder seen = new StringBuilder();
        NAMES.forEach(name -> {
            seen.append(name).append('\n');
            versions(name).forEach((number, id) -> seen.append(version(name, number, id)));
            seen.append("branches ")
                    .append(jobs.get(name, "/branches").getList("items.name"))
                    .append('\n');
            JsonPath tag = jobs.get(name, "/tags/golden");
            seen.append("tag golden ").append(tag.getString("snapshot.id")).append('\n');
        });
        seen.append("trash ").append(trash()).append('\n');
        return seen.toString();
    }

    private TreeMap<Integer, String> versions(String name) {
        JsonPath page = jobs.get(name, "/snapshots");
        assertThat(page.getList("items.condition"))
                .as(name)
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly("OK");
        List<Integer> numbers = page.getList("items.number");
        List<String> ids = page.getList("items.id");
        TreeMap<Integer, String> versions = new TreeMap<>();
        for (int i = 0; i < ids.size(); i++) {
            versions.put(numbers.get(i), ids.get(i));
        }
        return versions;
    }

    /** One version, read byte for byte. */
    private String version(String name, int number, String id) {
        String path = "snapshots/" + number;
        JsonPath verified = jobs.done(name, path + "/verify", "{\"level\": \"CONTENT\"}");
        JsonPath described = jobs.get(name, "/" + path);
        JsonPath state = jobs.get(name, "/" + path + "/state/by-key/aggregates?limit=100");
        return "%d %s manifest %s state %s held %s%n  keys %s values %s%n"
                .formatted(
                        number,
                        id,
                        described.getString("manifestDigest"),
                        verified.getString("result.stateDigest"),
                        jobs.get(name, "/" + path + "/holds").getList("items.reason"),
                        state.getList("items.key"),
                        state.getList("items.value"));
    }

    private List<String> trash() {
        return given()
                .spec(server.api())
                .get("/api/v1/trash")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<Map<String, Object>>getList("items")
                .stream()
                .map(item -> item.get("type") + " " + item.get("job") + " " + item.get("number"))
                .sorted()
                .toList();
    }

    /** Moves back to each version, newest first, and goes on from it. */
    void goOnFromEachVersion() {
        for (String name : NAMES) {
            int newest = 0;
            for (int number : versions(name).descendingKeySet()) {
                jobs.done(name, "restore", "{\"to\": " + number + ", \"mode\": \"ROLLBACK\", \"start\": true}");
                int taken = jobs.snapshot(name);
                assertThat(taken).isGreaterThan(Math.max(newest, number));
                newest = taken;
                jobs.done(name, "stop", "{\"mode\": \"CANCEL\"}");
            }
        }
    }
}
