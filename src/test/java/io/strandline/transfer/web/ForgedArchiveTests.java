package io.strandline.transfer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.transfer.web.ArchiveMutants.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are not what an export wrote are refused, and leave nothing behind. */
class ForgedArchiveTests {

    private static final long SEED = 20260801;

    @TempDir
    private Path directory;

    @Test
    void everyForgeryIsRefusedAndNothingChanges() throws IOException {
        try (OwnServer server = OwnServer.on(directory.resolve("data"))) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("sums", "filesystem"));
            jobs.snapshot("sums");
            jobs.done("sums", "stop", "{\"mode\": \"CANCEL\"}");
            byte[] sound = given().spec(server.api())
                    .get("/api/v1/jobs/sums/snapshots/1/export")
                    .asByteArray();
            List<Mutant> mutants = ArchiveMutants.of(sound, SEED, 6);
            List<String> before = standing(server);
            List<String> accepted = new ArrayList<>();

            for (int i = 0; i < mutants.size(); i++) {
                Response answer = take(
                        server,
                        i % 8 == 0 ? "new?create=true" : "sums",
                        mutants.get(i).archive());
                if (!refused(answer)) {
                    accepted.add(mutants.get(i) + " -> " + answer.statusCode() + " " + answer.asString());
                }
            }

            assertThat(mutants).hasSizeGreaterThan(200);
            assertThat(accepted).as("seed %d", SEED).isEmpty();
            assertThat(standing(server)).isEqualTo(before);
            assertThat(taken(take(server, "new?create=true", sound))).isTrue();
            assertThat(ArchiveMutants.rewritten(sound, SEED, 12)).allSatisfy(rewritten -> {
                Response answer = take(server, "new", rewritten.archive());
                assertThat(taken(answer) || refused(answer))
                        .as(rewritten.what() + " -> " + answer.asString())
                        .isTrue();
            });
        }
    }

    private static boolean taken(Response answer) {
        return answer.statusCode() == 200
                && answer.jsonPath().getString("state").equals("SUCCEEDED");
    }

    /** Refused at the door, or by the operation that decodes it, and for what the archive is. */
    private static boolean refused(Response answer) {
        int status = answer.statusCode() == 200
                        && answer.jsonPath().getString("state").equals("FAILED")
                ? answer.jsonPath().getInt("problem.status")
                : answer.statusCode();
        return status >= 400 && status < 500;
    }

    private static Response take(OwnServer server, String jobAndQuery, byte[] archive) {
        String[] parts = jobAndQuery.split("\\?", 2);
        return given().spec(server.api())
                .contentType(TransferController.TAR)
                .header("Prefer", "wait=30")
                .body(archive)
                .post("/api/v1/jobs/" + parts[0] + "/snapshots/import" + (parts.length == 2 ? "?" + parts[1] : ""));
    }

    /** What there is: versions, jobs, the audit but for operations, and the files of the store. */
    private List<String> standing(OwnServer server) throws IOException {
        List<String> all = new ArrayList<>();
        for (String path : List.of("/jobs", "/jobs/sums/snapshots", "/jobs/sums/branches/main/reflog")) {
            all.add(given().spec(server.api()).get("/api/v1" + path).asString());
        }
        List<Map<String, Object>> audit = given().spec(server.api())
                .get("/api/v1/audit?limit=500")
                .jsonPath()
                .getList("items.findAll { !it.action.startsWith('operation-') }");
        audit.forEach(entry -> all.add(entry.toString()));
        try (Stream<Path> files = Files.walk(directory.resolve("data/store"))) {
            files.map(Path::toString).sorted().forEach(all::add);
        }
        return all;
    }
}
