package io.strandline.transfer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.PowerCuts;
import io.strandline.catalog.Cause;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.OperationAccepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports with the power cut after each of their journal entries: a job for every cut, all on one server. */
class InterruptedImportTests {

    private static final int MOST_ENTRIES = 4;
    private static final String OPERATION = "019ca6b4-748b-75f3-b4ec-bff843e13794";

    @TempDir
    Path directory;

    @Test
    void areAVersionOrNothingWhereverThePowerIsCut() throws IOException {
        byte[] archive;
        try (OwnServer server = OwnServer.on(directory, PowerCuts.class)) {
            server.jobs().run(JobCalls.sums("sums", "filesystem"));
            server.jobs().snapshot("sums");
            server.jobs().done("sums", "stop", "{\"mode\": \"CANCEL\"}");
            archive = given().spec(server.api())
                    .get("/api/v1/jobs/sums/snapshots/1/export")
                    .asByteArray();
            for (int entries = 0; entries < MOST_ENTRIES; entries++) {
                String job = "cut-" + entries;
                // another document than the archive's, so that this has to be kept among the job's, too
                server.jobs().submit(JobCalls.sums(job, "rocksdb")).statusCode(201);
                server.part(PowerCuts.class)
                        .after(entries, server.jobs().get(job, "").getString("id"));
                take(server, job, archive);
            }
            aJobIsMadeForAnImportThatGoesNoFurther(server);
        }
        List<String> ends = new ArrayList<>();
        try (OwnServer server = OwnServer.on(directory)) {
            for (int entries = 0; entries < MOST_ENTRIES; entries++) {
                ends.add(check(server, "cut-" + entries, archive));
            }
            JsonPath created = operation(server, OPERATION);
            assertThat(created.getString("problem.code")).isEqualTo("interrupted");
            given().spec(server.api()).get("/api/v1/jobs/made").then().statusCode(404);
            assertThat(take(server, "made?create=true", archive).getString("state"))
                    .isEqualTo("SUCCEEDED");
            try (Stream<Path> staged = Files.list(directory.resolve("store/staging"))) {
                assertThat(staged).isEmpty();
            }
        }
        assertThat(ends).containsExactly("never accepted", "FAILED", "FAILED", "SUCCEEDED");
    }

    /** How the import ended; then all of it is there, or nothing, and it can be made again. */
    private static String check(OwnServer server, String job, byte[] archive) {
        String list = "/api/v1/operations?limit=1&type=import&job=" + job;
        String id = given().spec(server.api()).get(list).jsonPath().getString("items[0].id");
        String end = "never accepted";
        if (id != null) {
            JsonPath operation = operation(server, id);
            end = operation.getString("state");
            boolean made = end.equals("SUCCEEDED");
            assertThat(operation.getString("problem.code"))
                    .as(operation.prettify())
                    .isEqualTo(made ? null : "interrupted");
            List<String> versions = server.jobs().get(job, "/snapshots").getList("items.id");
            assertThat(versions)
                    .isEqualTo(made ? List.of(operation.getString("result.snapshot.id")) : List.<String>of());
            assertThat(server.jobs().get(job, "").getString("head.id")).isEqualTo(made ? versions.get(0) : null);
        }
        assertThat(take(server, job, archive).getString("state")).isEqualTo("SUCCEEDED");
        return end;
    }

    private static void aJobIsMadeForAnImportThatGoesNoFurther(OwnServer server) {
        Ledger ledger = server.part(Ledger.class);
        Cause ann = new Cause("ann", "r", OPERATION, null);
        Instant now = Instant.now();
        ledger.record(
                new Scope.OfOperation(OPERATION),
                ann,
                List.of(new OperationAccepted(OPERATION, "import", null, "{\"job\": \"made\"}", "ann", now)));
        ledger.record(
                new Scope.OfServer(),
                ann,
                List.of(new JobCreated("made-id", "made", null, JobCalls.sums("made", "filesystem"), now)));
    }

    private static JsonPath operation(OwnServer server, String id) {
        return given().spec(server.api())
                .header("Prefer", "wait=30")
                .get("/api/v1/operations/" + id)
                .jsonPath();
    }

    private static JsonPath take(OwnServer server, String jobAndQuery, byte[] archive) {
        String[] parts = jobAndQuery.split("\\?", 2);
        return given().spec(server.api())
                .contentType(TransferController.TAR)
                .header("Prefer", "wait=30")
                .body(archive)
                .post("/api/v1/jobs/" + parts[0] + "/snapshots/import" + (parts.length == 2 ? "?" + parts[1] : ""))
                .jsonPath();
    }
}
