package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignApiTests {

    private static final List<String> OFTEN = List.of("--strandline.verification.tick=PT0.05S");
    private static final String PATH = "/api/v1/verification-campaign";

    @TempDir
    private Path directory;

    @Test
    void verifiesEveryVersionThenFindsTheDamagedOneAndWhoNeedsItAcrossARestart() throws IOException {
        String file;
        try (OwnServer server = OwnServer.on(directory, OFTEN)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("campaign", "filesystem"));
            for (int i = 0; i < 3; i++) {
                jobs.snapshot("campaign");
            }
            jobs.done("campaign", "stop", "{\"mode\": \"CANCEL\"}");
            assertThat(get(server).getBoolean("enabled")).isFalse();
            assertThat(get(server).getDouble("coverage.ratio")).isZero();

            put(server, "{\"enabled\": true, \"level\": \"CONTENT\"}")
                    .statusCode(200)
                    .body("version", equalTo(1));

            JsonPath covered = await(server, "progress.versions", 3);
            assertThat(covered.getInt("coverage.verified")).isEqualTo(3);
            assertThat(covered.getDouble("coverage.ratio")).isEqualTo(1.0);
            assertThat(covered.getString("progress.last.outcome")).isEqualTo("INTACT");
            List<Map<String, Object>> versions =
                    jobs.get("campaign", "/snapshots").getList("items");
            assertThat(versions)
                    .allSatisfy(
                            version -> assertThat(version.get("stateDigest")).isNotNull());
            awaitMeter(server, "strandline_verification_coverage_ratio 1.0");
            file = jobs.get("campaign", "/snapshots/latest/manifest").getString("layers[0].digest");
        }
        flipABit(file);

        try (OwnServer server = OwnServer.on(directory, OFTEN)) {
            assertThat(get(server).getBoolean("enabled")).isTrue();
            assertThat(get(server).getInt("progress.versions")).isEqualTo(3);
            put(server, "{\"enabled\": true, \"level\": \"REHEARSAL\"}").statusCode(200);

            JsonPath found = await(server, "coverage.damaged", 1);

            assertThat(found.getDouble("coverage.ratio")).isLessThan(1);
            Instant deadline = Instant.now().plusSeconds(30);
            while (damagedByHealth(server) == 0) {
                assertThat(Instant.now()).isBefore(deadline);
            }
        }
    }

    @Test
    void readsNoMoreThanItsBytesADay() {
        try (OwnServer server = OwnServer.on(directory, OFTEN)) {
            JobCalls jobs = server.jobs();
            jobs.run(JobCalls.sums("paced", "filesystem"));
            for (int i = 0; i < 3; i++) {
                jobs.snapshot("paced");
            }
            jobs.done("paced", "stop", "{\"mode\": \"CANCEL\"}");

            put(server, "{\"enabled\": true, \"bytesPerDay\": 1}").statusCode(200);

            JsonPath one = awaitBytes(server);
            long read = one.getLong("progress.readBytes");
            assertThat(Instant.parse(one.getString("progress.notBefore")))
                    .isAfter(Instant.now().plusSeconds(86_400L * (read - 1)));
            assertThat(one.getInt("coverage.verified")).isLessThan(3);
        }
    }

    @Test
    void refusesWhatIsNoCampaign() {
        try (OwnServer server = OwnServer.on(directory, OFTEN)) {
            put(server, "{}").statusCode(400).body("code", equalTo("invalid-body"));
            put(server, "{\"enabled\": true, \"bytesPerDay\": 0}")
                    .statusCode(400)
                    .body("errors[0].pointer", containsString("bytesPerDay"));
            put(server, "{\"enabled\": true, \"freshFor\": \"PT1S\"}")
                    .statusCode(400)
                    .body("errors[0].pointer", containsString("freshFor"));
            given().spec(server.api())
                    .contentType("application/json")
                    .header("If-Match", "\"other\"")
                    .body("{\"enabled\": true}")
                    .put(PATH)
                    .then()
                    .statusCode(412);
        }
    }

    private void flipABit(String digest) throws IOException {
        Path blob = directory.resolve("store/blobs/sha256").resolve(digest.substring("sha256:".length()));
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
    }

    private static JsonPath get(OwnServer server) {
        return given().spec(server.api())
                .get(PATH)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static int damagedByHealth(OwnServer server) {
        return given().spec(server.api())
                .get("/actuator/health")
                .jsonPath()
                .getInt("components.verification.details.damaged");
    }

    /** The meter is set after the last version's progress is kept. */
    private static void awaitMeter(OwnServer server, String line) {
        Instant deadline = Instant.now().plusSeconds(30);
        String meters = meters(server);
        while (!meters.contains(line)) {
            assertThat(Instant.now()).as(meters).isBefore(deadline);
            meters = meters(server);
        }
    }

    private static String meters(OwnServer server) {
        return given().spec(server.api()).get("/actuator/prometheus").asString();
    }

    private static ValidatableResponse put(OwnServer server, String body) {
        return given().spec(server.api())
                .contentType("application/json")
                .body(body)
                .put(PATH)
                .then();
    }

    /** Versions whose files hold nothing cost nothing, so the budget ends with the first that is read. */
    private static JsonPath awaitBytes(OwnServer server) {
        Instant deadline = Instant.now().plusSeconds(30);
        JsonPath seen = get(server);
        while (seen.getLong("progress.readBytes") == 0) {
            assertThat(Instant.now()).as(seen.prettify()).isBefore(deadline);
            seen = get(server);
        }
        return seen;
    }

    private static JsonPath await(OwnServer server, String path, int atLeast) {
        Instant deadline = Instant.now().plusSeconds(30);
        JsonPath seen = get(server);
        while (seen.getInt(path) < atLeast) {
            assertThat(Instant.now()).as(seen.prettify()).isBefore(deadline);
            seen = get(server);
        }
        return seen;
    }
}
