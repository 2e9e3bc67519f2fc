package io.strandline.catalog.h2;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.history.Attempts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lost catalog that goes on from its newest copy; attempts, which the journal does not have, tell that it did. */
class CatalogCheckpointsTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bringsALostCatalogUpToDateFromTheNewestCopyThatIsWhatWasWritten(boolean intact) throws Exception {
        int first;
        int second;
        try (OwnServer server = OwnServer.on(directory)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("flights", "filesystem"));
            first = jobs.snapshot("flights");
            CatalogCheckpoints checkpoints = server.part(CatalogCheckpoints.class);
            awaitSaved(server, first);
            checkpoints.make();
            checkpoints.make();
            second = jobs.done("flights", "snapshots", "{\"tag\": \"kept\"}").getInt("result.number");
            jobs.done("flights", "stop", "{}");
        }
        Path catalog = directory.resolve("catalog");
        Files.delete(catalog.resolve("catalog.mv.db"));
        assertThat(copies(catalog)).as("older ones are removed").hasSize(1);
        if (!intact) {
            Path copy = copies(catalog).get(0);
            byte[] bytes = Files.readAllBytes(copy);
            bytes[bytes.length / 2] ^= 1;
            Files.write(copy, bytes);
        }
        try (OwnServer server = OwnServer.on(directory)) {
            assertThat(server.jobs().get("flights", "/tags/kept").getInt("snapshot.number"))
                    .isEqualTo(second);
            assertThat(status(server, first)).isEqualTo(intact ? 200 : 404);
            assertThat(server.jobs().get("flights", "/snapshots").getList("items.number"))
                    .contains(first, second);
        }
    }

    /** The attempt is told of before it is in the catalog. */
    private static void awaitSaved(OwnServer server, int number) {
        String job = server.jobs().get("flights", "").getString("id");
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (server.part(Attempts.class).attempt(job, number).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static int status(OwnServer server, int number) {
        return given().spec(server.api())
                .get("/api/v1/jobs/flights/checkpoints/" + number)
                .statusCode();
    }

    private static List<Path> copies(Path catalog) throws IOException {
        try (Stream<Path> files = Files.list(catalog)) {
            return files.filter(file -> file.toString().endsWith(".zip")).toList();
        }
    }
}
