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
                if (answer.statusCode() < 400 || answer.statusCode() >= 500) {
                    accepted.add(mutants.get(i) + " -> " + answer.statusCode() + " " + answer.asString());
                }
            }

            assertThat(mutants).hasSizeGreaterThan(200);
            assertThat(accepted).as("seed %d", SEED).isEmpty();
            assertThat(standing(server)).isEqualTo(before);
            assertThat(take(server, "new?create=true", sound).statusCode()).isEqualTo(201);
            assertThat(ArchiveMutants.rewritten(sound, SEED, 12))
                    .allSatisfy(rewritten -> assertThat(
                                    take(server, "new", rewritten.archive()).statusCode())
                            .as(rewritten.what())
                            .isIn(201, 422));
        }
    }

    private static Response take(OwnServer server, String jobAndQuery, byte[] archive) {
        String[] parts = jobAndQuery.split("\\?", 2);
        return given().spec(server.api())
                .contentType(TransferController.TAR)
                .body(archive)
                .post("/api/v1/jobs/" + parts[0] + "/snapshots/import" + (parts.length == 2 ? "?" + parts[1] : ""));
    }

    /** What there is: versions, jobs, the audit and the files of the store. */
    private List<String> standing(OwnServer server) throws IOException {
        List<String> all = new ArrayList<>();
        for (String path : List.of("/jobs", "/jobs/sums/snapshots", "/jobs/sums/branches/main/reflog", "/audit")) {
            all.add(given().spec(server.api()).get("/api/v1" + path).asString());
        }
        try (Stream<Path> files = Files.walk(directory.resolve("data/store"))) {
            files.map(Path::toString).sorted().forEach(all::add);
        }
        return all;
    }
}
