package io.strandline.job.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.PowerCuts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Snapshots and changes of the pipeline with the power cut after each of their journal entries: a job for every cut, all on one
 * server, which is then started again.
 */
class InterruptedVerbTests {

    private static final String KEPT = "{\"tag\": \"kept\"}";

    @TempDir
    Path directory;

    private enum Verb {
        SNAPSHOT("snapshot", 3),
        PIPELINE("pipeline-change", 5);

        private final String type;

        /** How many entries there are when nothing goes wrong. */
        private final int entries;

        Verb(String type, int entries) {
            this.type = type;
            this.entries = entries;
        }
    }

    /** A job with one version, and how far its verb got. */
    private record Cut(Verb verb, int entries, String job) {}

    @Test
    void endWithWhatTheyDidOrSayThatNothingIsLeftOfThem() {
        List<Cut> cuts = new ArrayList<>();
        try (OwnServer server = OwnServer.on(directory, PowerCuts.class)) {
            for (Verb verb : Verb.values()) {
                for (int entries = 1; entries < verb.entries; entries++) {
                    cuts.add(cut(server, verb, entries));
                }
            }
        }
        Map<Verb, Integer> done = new EnumMap<>(Verb.class);
        try (OwnServer server = OwnServer.on(directory)) {
            for (Cut cut : cuts) {
                JsonPath operation = ended(server, cut).orElseThrow();
                boolean succeeded = operation.getString("state").equals("SUCCEEDED");
                assertThat(operation.getString("problem.code"))
                        .as("%s: %s", cut, operation.prettify())
                        .isEqualTo(succeeded ? null : "interrupted");
                done.merge(cut.verb(), succeeded ? 1 : 0, Integer::sum);
                JsonPath job = server.jobs().awaitState(cut.job(), "RUNNING");
                if (cut.verb() == Verb.SNAPSHOT) {
                    snapshotIsThere(server, cut, succeeded, operation);
                } else {
                    assertThat(job.getInt("instance.pipelineVersion"))
                            .as("%s: %s", cut, operation.prettify())
                            .isEqualTo(succeeded ? 2 : 1);
                    assertThat(succeeded ? operation.getInt("result.version") : 2)
                            .isEqualTo(2);
                }
            }
        }
        assertThat(done).containsEntry(Verb.SNAPSHOT, 1).containsEntry(Verb.PIPELINE, 2);
    }

    private static Cut cut(OwnServer server, Verb verb, int entries) {
        JobCalls jobs = server.jobs();
        Cut cut = new Cut(verb, entries, verb.type + "-" + entries);
        String pipeline = JobCalls.sums(cut.job(), "filesystem");
        jobs.run(pipeline);
        jobs.snapshot(cut.job());
        server.part(PowerCuts.class).after(entries, jobs.get(cut.job(), "").getString("id"));
        var request = given().spec(server.api()).contentType("application/json").header("Prefer", "wait=30");
        if (verb == Verb.SNAPSHOT) {
            request.body(KEPT).post("/api/v1/jobs/" + cut.job() + "/snapshots");
        } else {
            request.body(pipeline.replace("sum(value)", "max(value)").replace("by-key", "by-other"))
                    .put("/api/v1/jobs/" + cut.job() + "/pipeline?restart=true&allowDroppedState=true");
        }
        return cut;
    }

    private static void snapshotIsThere(OwnServer server, Cut cut, boolean succeeded, JsonPath operation) {
        List<String> tags = server.jobs().get(cut.job(), "/tags").getList("items.snapshot.id");
        assertThat(tags).as("%s", cut).hasSize(succeeded ? 1 : 0);
        if (succeeded) {
            assertThat(operation.getString("result.id")).as("%s", cut).isEqualTo(tags.get(0));
        }
    }

    private static Optional<JsonPath> ended(OwnServer server, Cut cut) {
        String path = "/api/v1/operations?limit=1&type=" + cut.verb().type + "&job=" + cut.job();
        String id = given().spec(server.api()).get(path).jsonPath().getString("items[0].id");
        return Optional.ofNullable(id)
                .map(found -> given().spec(server.api())
                        .header("Prefer", "wait=30")
                        .get("/api/v1/operations/" + found)
                        .jsonPath());
    }
}
