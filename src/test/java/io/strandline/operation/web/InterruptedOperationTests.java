package io.strandline.operation.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.PowerCuts;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.OperationAccepted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts and stops with the power cut after each of their journal entries, a job for every cut, and reads of versions that were
 * only accepted: all on one server, which is then started again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedOperationTests {

    private static final String VERIFY = "019ca6b4-748b-75f3-b4ec-bff843e13701";
    private static final String DIFF = "019ca6b4-748b-75f3-b4ec-bff843e13702";
    private static final String VERIFY_GONE = "019ca6b4-748b-75f3-b4ec-bff843e13703";

    private final List<Cut> cuts = new ArrayList<>();
    private final Map<String, Integer> heads = new HashMap<>();
    private OwnServer server;

    /**
     * A verb that does not get further than its first so many journal entries.
     *
     * @param end the job's state once the verb has had its effect
     */
    private record Cut(String job, String verb, String body, String end, int entries) {

        String before() {
            return verb.equals("start") ? "STOPPED" : "RUNNING";
        }
    }

    @BeforeAll
    void cutThePower(@TempDir Path directory) {
        try (OwnServer first = OwnServer.on(directory, PowerCuts.class)) {
            for (int entries = 0; entries < 3; entries++) {
                cuts.add(new Cut("start-" + entries, "start", "{\"backend\": \"rocksdb\"}", "RUNNING", entries));
                cuts.add(stop("SNAPSHOT", "STOPPED", entries));
                if (entries > 0) { // before that all stops are alike
                    cuts.add(stop("DRAIN", "FINISHED", entries));
                }
            }
            cuts.add(stop("SNAPSHOT", "STOPPED", 3));
            cuts.add(stop("DRAIN", "FINISHED", 3));
            cuts.add(stop("CANCEL", "STOPPED", 1));
            cuts.add(stop("CANCEL", "STOPPED", 2));
            for (Cut cut : cuts) {
                String document = JobCalls.sums(cut.job(), "filesystem").replace("\"rate\": 1000", "\"rate\": 100");
                first.jobs().run(document);
                heads.put(cut.job(), first.jobs().snapshot(cut.job()));
                if (cut.verb().equals("start")) {
                    first.jobs().done(cut.job(), "stop", "{\"mode\": \"CANCEL\"}");
                }
            }
            acceptReads(first, cuts.get(0).job());
            cuts.forEach(cut -> cut(first, cut));
        }
        server = OwnServer.on(directory);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Cut stop(String mode, String end, int entries) {
        String job = "stop-" + mode.toLowerCase(Locale.ROOT) + "-" + entries;
        return new Cut(job, "stop", "{\"mode\": \"" + mode + "\"}", end, entries);
    }

    private static void cut(OwnServer server, Cut cut) {
        String id = server.jobs().get(cut.job(), "").getString("id");
        server.part(PowerCuts.class).after(cut.entries(), id);
        given().spec(server.api())
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body(cut.body())
                .post("/api/v1/jobs/" + cut.job() + "/" + cut.verb());
    }

    private static void acceptReads(OwnServer server, String job) {
        JsonPath version = server.jobs().get(job, "/snapshots/latest");
        String jobId = server.jobs().get(job, "").getString("id");
        String ref = "{\"id\": \"%s\", \"number\": %d}".formatted(version.getString("id"), version.getInt("number"));
        accept(server, VERIFY, "verify", jobId, "{\"snapshot\": " + ref + ", \"level\": \"CONTENT\"}");
        accept(
                server,
                DIFF,
                "diff",
                jobId,
                "{\"from\": %s, \"to\": %s, \"filter\": {\"operators\": [], \"states\": []}, \"samples\": 0}"
                        .formatted(ref, ref));
        String gone = ref.replace(version.getString("id"), "019ca6b4-748b-75f3-b4ec-bff843e13799");
        accept(server, VERIFY_GONE, "verify", jobId, "{\"snapshot\": " + gone + ", \"level\": \"CONTENT\"}");
    }

    private static void accept(OwnServer server, String id, String type, String jobId, String request) {
        server.part(Ledger.class)
                .record(
                        new Scope.OfOperation(id),
                        new Cause("ann", "r", id, null),
                        List.of(new OperationAccepted(id, type, jobId, request, "ann", Instant.now())));
    }

    @Test
    void startsAndStopsHaveTheirEffectIfTheyWereAccepted() {
        int accepted = 0;
        for (Cut cut : cuts) {
            Optional<JsonPath> operation = ended(cut);
            String story = cut + ": " + operation.map(JsonPath::prettify).orElse("never accepted");
            assertThat(operation.isPresent()).as(story).isEqualTo(cut.entries() > 0);
            if (operation.isPresent()) {
                accepted++;
                assertThat(operation.get().getString("state")).as(story).isEqualTo("SUCCEEDED");
                assertThat(operation.get().getString("result.name")).as(story).isEqualTo(cut.job());
                assertThat(operation.get().getString("actor")).as(story).isEqualTo("anonymous");
            }
            JsonPath job = server.jobs().awaitState(cut.job(), operation.isPresent() ? cut.end() : cut.before());
            assertThat(job.getInt("head.number")).as(story).isGreaterThanOrEqualTo(heads.get(cut.job()));
            if (job.getString("state").equals("RUNNING") && cut.verb().equals("start")) {
                assertThat(job.getString("instance.backend")).as(story).isEqualTo("rocksdb");
            }
        }
        assertThat(accepted).isGreaterThan(8);
        assertThat(server.part(Catalog.class).systemHolds("operation:")).isEmpty();
    }

    @Test
    void readsAreMadeAgain() {
        JsonPath verified = operation(VERIFY);
        assertThat(verified.getString("state")).as(verified.prettify()).isEqualTo("SUCCEEDED");
        assertThat(verified.getString("result.outcome")).isEqualTo("INTACT");
        assertThat(verified.getString("result.stateDigest")).startsWith("sha256:");
        assertThat(verified.getString("actor")).isEqualTo("ann");
        JsonPath compared = operation(DIFF);
        assertThat(compared.getString("state")).as(compared.prettify()).isEqualTo("SUCCEEDED");
        assertThat(compared.getString("result.id")).isNotNull();
    }

    @Test
    void aReadEndsAsInterruptedWhenItsVersionHasGone() {
        assertThat(operation(VERIFY_GONE).getString("problem.code")).isEqualTo("interrupted");
    }

    /** The operation, if it was accepted; a job that is started has been started before. */
    private Optional<JsonPath> ended(Cut cut) {
        String path = "/api/v1/operations?type=" + cut.verb() + "&job=" + cut.job();
        List<String> ids = given().spec(server.api()).get(path).jsonPath().getList("items.id");
        int before = cut.verb().equals("start") ? 1 : 0;
        return ids.size() == before ? Optional.empty() : Optional.of(operation(ids.get(0)));
    }

    private JsonPath operation(String id) {
        return given().spec(server.api())
                .header("Prefer", "wait=30")
                .get("/api/v1/operations/" + id)
                .jsonPath();
    }
}
