package io.strandline.job.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A job that writes to a database, from the document to the rows. */
class DatabaseSinkApiTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void upsertsWhatAggregatesComeTo() throws SQLException {
        execute("create table totals (\"KEY\" bigint primary key, total bigint, records bigint)");
        jobs.run(document("db-totals", "totals"));

        awaitRows("select sum(records) from totals", 2_000);
        assertThat(number("select count(*) from totals")).isEqualTo(10);
    }

    @Test
    void refusesAConnectionThatIsNotConfiguredAndATableThatDoesNotFit() throws SQLException {
        execute("create table narrow (\"KEY\" bigint, total varchar(9))");
        jobs.submit(document("db-unknown", "totals").replace("warehouse", "elsewhere"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/sinks/0/connection"))
                .body("errors[0].detail", containsString("no connection 'elsewhere' is configured"));
        jobs.submit(document("db-missing", "nowhere"))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/sinks/0/table"))
                .body("errors[0].detail", containsString("there is no table 'nowhere'"));
        jobs.submit(document("db-narrow", "narrow"))
                .statusCode(422)
                .body("errors[0].detail", containsString("does not take a long"));
    }

    @Test
    void refusesToTakeBackWhatADatabaseHas() throws SQLException {
        execute("create table kept (\"KEY\" bigint primary key, total bigint, records bigint)");
        jobs.run(document("db-kept", "kept").replace("\"count\": 1000", "\"rate\": 1000"));
        int first = jobs.snapshot("db-kept");
        jobs.snapshot("db-kept");

        jobs.post("db-kept", "restore", "{\"to\": \"" + first + "\", \"mode\": \"ROLLBACK\"}")
                .statusCode(422)
                .body("code", equalTo("output-not-revertible"))
                .body("detail", containsString("out"));
        jobs.done("db-kept", "restore", "{\"to\": \"" + first + "\", \"mode\": \"ROLLBACK\", \"outputs\": \"LEAVE\"}");
        given().spec(api()).get("/api/v1/jobs/db-kept").then().statusCode(200);
    }

    private static String document(String name, String table) {
        return """
                {"name": "%s",
                 "sources": [{"name": "numbers", "type": "sequence", "partitions": 2, "count": 1000, "keys": 10, "seed": 7}],
                 "operators": [{"name": "by-key", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                                "aggregates": {"total": "sum(value)", "records": "count()"}}],
                 "sinks": [{"name": "out", "type": "jdbc", "input": "by-key", "connection": "warehouse", "table": "%s",
                            "mode": "UPSERT", "keys": ["key"]}],
                 "checkpoints": {"interval": "PT0.1S"},
                 "state": {"backend": "filesystem"}}""".formatted(name, table);
    }

    private static void awaitRows(String sql, long wanted) throws SQLException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (number(sql) != wanted) {
            assertThat(Instant.now()).as("%s is %d", sql, number(sql)).isBefore(deadline);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(WAREHOUSE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(WAREHOUSE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
