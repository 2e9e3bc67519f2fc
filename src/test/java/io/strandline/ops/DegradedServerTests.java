package io.strandline.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.catalog.journal.RecordingFiles;
import io.strandline.storage.file.Headroom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** A server whose disk fills up, and then fails it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DegradedServerTests {

    private static final long RESERVE = 100_000;

    private OwnServer server;
    private JobCalls jobs;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = OwnServer.on(directory, FailingDisk.class);
        jobs = server.jobs();
        jobs.run(JobCalls.sums("degraded", "filesystem"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void isNormalFirst() {
        given().spec(server.api())
                .get("/api/v1/server")
                .then()
                .statusCode(200)
                .body("state", equalTo("NORMAL"))
                .body("modes.size()", equalTo(0))
                .body("release", notNullValue())
                .body("startedAt", notNullValue());
    }

    @Test
    @Order(2)
    void withoutRoomReadsAndDeletesWorkAndCheckpointsResumeByThemselves() {
        int first = jobs.snapshot("degraded");
        int second = jobs.snapshot("degraded");
        free().set(RESERVE / 2);
        JsonPath mode = awaitMode("storage-full");

        assertThat(mode.getBoolean("modes[0].endsByItself")).isTrue();
        assertThat(mode.getString("modes[0].wayOut")).contains("/api/v1/trash/purge");
        jobs.post("degraded", "snapshots", "{}")
                .statusCode(507)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("storage-full"));
        given().spec(server.api())
                .get("/actuator/health")
                .then()
                .statusCode(200)
                .body("components.modes.status", equalTo("DEGRADED"))
                .body("components.modes.details.storage-full.wayOut", containsString("Free space"));
        given().spec(server.api())
                .get("/actuator/prometheus")
                .then()
                .body(containsString("strandline_degraded{mode=\"storage-full\"} 1.0"));
        given().spec(server.api())
                .queryParam("reason", "makes room")
                .delete("/api/v1/jobs/degraded/snapshots/" + first)
                .then()
                .statusCode(200);
        assertThat(jobs.get("degraded", "/snapshots").getList("items.number")).containsExactly(second);
        assertThat(jobs.get("degraded", "").getString("state")).isEqualTo("RUNNING");

        free().set(100 * RESERVE);
        awaitNormal();
        assertThat(jobs.snapshot("degraded")).isGreaterThan(second);
    }

    @Test
    @Order(3)
    void afterAFailedFsyncOfTheJournalItIsReadOnlyUntilItIsStartedAgain() {
        server.part(RecordingFiles.class).failNextSync(new IOException("Input/output error"));
        tag("lost").statusCode(503).body("code", equalTo("read-only"));
        tag("another")
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("read-only"))
                .body("detail", containsString("Input/output error"))
                .body("detail", containsString("restart the server"));
        JsonPath mode = awaitMode("read-only");

        assertThat(mode.getBoolean("modes[0].endsByItself")).isFalse();
        given().spec(server.api()).get("/actuator/health/readiness").then().statusCode(200);
        assertThat(jobs.get("degraded", "/tags").getList("items")).isEmpty();
        assertThat(jobs.get("degraded", "").getString("state")).isEqualTo("RUNNING");
        jobs.post("degraded", "snapshots", "{}").statusCode(503).body("code", equalTo("read-only"));
    }

    private ValidatableResponse tag(String name) {
        return given().spec(server.api())
                .contentType("application/json")
                .body("{\"snapshot\": \"latest\"}")
                .put("/api/v1/jobs/degraded/tags/" + name)
                .then();
    }

    private AtomicLong free() {
        return server.part(AtomicLong.class);
    }

    private JsonPath awaitMode(String mode) {
        return await(List.of(mode));
    }

    private void awaitNormal() {
        await(List.of());
    }

    private JsonPath await(List<String> modes) {
        Instant deadline = Instant.now().plusSeconds(30);
        while (true) {
            JsonPath found = given().spec(server.api()).get("/api/v1/server").jsonPath();
            if (found.getList("modes.mode").equals(modes)) {
                return found;
            }
            assertThat(Instant.now()).as(found.prettify()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    /** A disk whose room a test sets, and a journal on it whose fsync can fail. */
    @Configuration(proxyBeanMethods = false)
    static class FailingDisk {

        @Bean
        AtomicLong freeBytes() {
            return new AtomicLong(100 * RESERVE);
        }

        @Bean
        @Primary
        Headroom settableHeadroom(DataDirectory directory, AtomicLong freeBytes) {
            return new Headroom(directory.root(), RESERVE, freeBytes::get);
        }

        @Bean
        @Primary
        RecordingFiles failingFiles() {
            return new RecordingFiles();
        }
    }
}
