package io.strandline.ops;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.strandline.ServerTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTests extends ServerTests {

    @Test
    void readinessNamesEachPartAndNothingOfIt() {
        given().spec(api())
                .get("/actuator/health/readiness")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("components.keySet()", hasItems("catalog", "dataDirectory", "engine"))
                .body("components.engine", not(hasKey("details")));
    }

    @Test
    void healthNamesEachPartWithItsReason() {
        given().spec(api())
                .get("/actuator/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("components.catalog.details.reason", notNullValue())
                .body("components.dataDirectory.details.reason", notNullValue())
                .body("components.engine.details.reason", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "nothing/below", "catalog/below", "readiness/nothing", "readiness/engine/below"})
    void whatIsNoPartIsNotFound(String path) {
        given().spec(api()).get("/actuator/health/" + path).then().statusCode(404);
    }

    @Test
    void showsAPartOfAGroupAlone() {
        given().spec(api()).get("/actuator/health/readiness/engine").then().statusCode(200);
    }

    @Test
    void livenessIsTheProcessAlone() {
        given().spec(api())
                .get("/actuator/health/liveness")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("components", not(hasKey("catalog")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strandline_checkpoint_duration_seconds_count{outcome=\"completed\",trigger=\"periodic\"}",
                "strandline_checkpoint_phase_seconds_count{phase=\"freeze\"}",
                "strandline_checkpoint_written_bytes_sum",
                "strandline_checkpoint_failures_total{phase=\"commit\"}",
                "strandline_checkpoint_newest_age_seconds",
                "strandline_records_in_total",
                "strandline_records_out_total",
                "strandline_backpressure_ratio",
                "strandline_watermark_lag_seconds",
                "strandline_restarts_total",
                "strandline_store_size_bytes{part=\"blobs\"}",
                "strandline_retention_expired_total",
                "strandline_gc_freed_bytes_total"
            })
    void prometheusHasTheMeterFromStartUp(String series) {
        given().spec(api()).get("/actuator/prometheus").then().statusCode(200).body(containsString(series));
    }

    @ParameterizedTest
    @ValueSource(strings = {"heapdump", "shutdown", "env", "beans", "threaddump", "loggers"})
    void dangerousEndpointsAreNotThere(String endpoint) {
        given().spec(api()).get("/actuator/" + endpoint).then().statusCode(404).body("code", equalTo("not-found"));
    }

    @Test
    void servesTheBillOfMaterialsWhenPackaged() {
        given().spec(api()).get("/actuator/sbom").then().statusCode(200);
    }
}
