package io.strandline.job.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TopologyApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void showsOperatorsAndStreamsWithTheirFigures() {
        jobs.run(JobCalls.sums("topology", "filesystem").replaceFirst("\\{", "{\"parallelism\": 2, "));
        JsonPath topology = awaitRecords("topology");

        assertThat(topology.getList("operators.name", String.class)).containsExactly("numbers", "by-key");
        assertThat(topology.getList("operators.kind", String.class)).containsExactly("SOURCE", "OPERATOR");
        assertThat(topology.getString("backend")).isEqualTo("filesystem");
        assertThat(topology.getString("instance")).isNotEmpty();
        JsonPath operator = new JsonPath(given().spec(api())
                        .get("/api/v1/jobs/topology/topology")
                        .asString())
                .setRootPath("operators[1]");
        assertThat(operator.getLong("state.entries")).isPositive();
        assertThat(operator.getLong("state.hotBytes")).isPositive();
        assertThat(operator.getDouble("state.hitRatio")).isBetween(0.0, 1.0);
        assertThat(operator.getDouble("time.busySeconds")).isPositive();
        assertThat(operator.getString("watermark")).isNull();
        assertThat(topology.getList("edges.from", String.class)).containsExactly("numbers");
        assertThat(topology.getList("edges.to", String.class)).containsExactly("by-key");
        assertThat(topology.getString("edges[0].exchange")).isEqualTo("KEYED");
        assertThat(topology.getBoolean("edges[0].chained")).isFalse();
        assertThat(topology.getLong("edges[0].capacity")).isPositive();
        assertThat(topology.getString("edges[0].output")).isNull();
        assertThat(topology.getString("operators[1].chain")).isEqualTo("by-key");
        assertThat(topology.getInt("operators[1].parallelism")).isEqualTo(2);

        jobs.done("topology", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void showsByHowMuchStoredStateHasGrownOnceThereAreTwoVersions() {
        jobs.run(JobCalls.sums("topology-grows", "filesystem"));
        awaitRecords("topology-grows");
        jobs.snapshot("topology-grows");
        JsonPath one = jobs.get("topology-grows", "/topology");
        jobs.snapshot("topology-grows");
        JsonPath two = jobs.get("topology-grows", "/topology");

        assertThat(one.getLong("operators[1].state.storedBytes")).isPositive();
        assertThat(one.getBoolean("edges[0].chained")).isTrue();
        assertThat(one.getLong("edges[0].capacity")).isZero();
        assertThat(one.getString("operators[1].chain")).isEqualTo("numbers");
        assertThat(one.getString("operators[1].state.storedGrowthBytesPerSecond"))
                .isNull();
        assertThat(two.getString("operators[1].state.storedGrowthBytesPerSecond"))
                .isNotNull();

        jobs.done("topology-grows", "stop", "{\"mode\": \"CANCEL\"}");
    }

    @Test
    void refusesWhatDoesNotRun() {
        jobs.submit(JobCalls.sums("topology-stopped", "filesystem")).statusCode(201);

        given().spec(api())
                .get("/api/v1/jobs/topology-stopped/topology")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-running"))
                .body("detail", containsString("topology-stopped"));
        given().spec(api())
                .queryParam("branch", "nowhere")
                .get("/api/v1/jobs/topology-stopped/topology")
                .then()
                .statusCode(404)
                .body("code", equalTo("branch-not-found"));
        given().spec(api()).get("/api/v1/jobs/nobody/topology").then().statusCode(404);
    }

    private JsonPath awaitRecords(String job) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        JsonPath topology = jobs.get(job, "/topology");
        while (topology.getLong("operators[1].recordsIn") == 0) {
            assertThat(Instant.now()).as(topology.prettify()).isBefore(deadline);
            Thread.onSpinWait();
            topology = jobs.get(job, "/topology");
        }
        return topology;
    }
}
