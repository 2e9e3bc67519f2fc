package io.strandline.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.journal.Journal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose PostgreSQL is stopped and started again. */
class CatalogDownTests {

    @TempDir
    private Path directory;

    @Test
    void checkpointsGoOnWhileTheDatabaseIsDownAndShowUpOnceItIsBack() throws Exception {
        try (EmbeddedPostgres first = postgres(0)) {
            String url = first.getJdbcUrl("postgres", "postgres");
            int port = first.getPort();
            List<String> settings = List.of(
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=",
                    "--spring.datasource.hikari.connection-timeout=500",
                    "--spring.datasource.hikari.validation-timeout=300");
            try (OwnServer server = OwnServer.on(directory.resolve("data"), settings)) {
                JobCalls jobs = server.jobs();
                jobs.run(JobCalls.sums("outage", "filesystem")
                        .replace("\"interval\": \"NONE\"", "\"interval\": \"PT0.2S\""));
                jobs.snapshot("outage");

                first.close();
                await(server, List.of("catalog-unavailable"));
                given().spec(server.api())
                        .get("/api/v1/jobs/outage")
                        .then()
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .body("code", equalTo("catalog-unavailable"));
                Journal journal = server.part(Journal.class);
                long entries = journal.lastSequence();
                Instant down = Instant.now();
                until(() -> journal.lastSequence() >= entries + 5, "checkpoints are journaled meanwhile");

                Instant up = Instant.now();
                try (EmbeddedPostgres again = postgres(port)) {
                    await(server, List.of());
                    assertThat(again.getPort()).isEqualTo(port);
                    until(() -> completedBetween(jobs, down, up), "the versions of the outage are there");
                    assertThat(jobs.get("outage", "").getString("state")).isEqualTo("RUNNING");
                    assertThat(jobs.get("outage", "/instances").getList("items"))
                            .hasSize(1);
                }
            }
        }
    }

    private static boolean completedBetween(JobCalls jobs, Instant from, Instant to) {
        return jobs.get("outage", "/snapshots?limit=500").getList("items.completedAt", String.class).stream()
                .map(Instant::parse)
                .anyMatch(at -> at.isAfter(from) && at.isBefore(to));
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false);
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    private static void await(OwnServer server, List<String> modes) {
        until(
                () -> {
                    JsonPath found =
                            given().spec(server.api()).get("/api/v1/server").jsonPath();
                    return found.getList("modes.mode").equals(modes);
                },
                "modes are " + modes);
    }

    private static void until(BooleanSupplier condition, String what) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
