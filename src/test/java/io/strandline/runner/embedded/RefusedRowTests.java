package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.runner.connect.Databases;
import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose rows go into a table that will never take some of them. */
class RefusedRowTests {

    private static final String PIPELINE = """
            name: refused
            sources:
              - {name: words, type: file, path: words.ndjson, format: json, schema: {k: string, n: long}}
            sinks:
              - {name: rows, type: jdbc, input: words, connection: db, table: words, mode: APPEND%s}
            checkpoints: {interval: NONE}
            restart: {strategy: NONE}
            """;

    @TempDir
    Path directory;

    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void makeTable() throws SQLException {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table words (k varchar(5), n bigint)");
        }
    }

    @Test
    void failsTheJobWithTheRowWhoseFinalVersionStandsAllTheSame() throws Exception {
        try (RunnerHarness harness = harness()) {
            ManifestHistory job = harness.job();

            InstanceWatch watch = harness.start(job, PIPELINE.formatted(""), 1, "filesystem", null);

            assertThat(watch.awaitFailure().code()).isEqualTo("poison-record");
            assertThat(watch.awaitFailure().operator()).isEqualTo("rows");
            assertThat(watch.awaitFailure().detail())
                    .contains("table words refuses the row")
                    .contains("SQLSTATE 22001")
                    .endsWith("{\"k\":\"too long\",\"n\":2}");
            assertThat(rows()).isEmpty();
            Manifest head = job.head();

            String lenient = PIPELINE.formatted(", onError: {deadLetter: {path: bad}}");
            InstanceWatch again = harness.run(job, lenient, 1, "filesystem", head);

            assertThat(rows()).containsExactly("a 1", "b 3");
            assertThat(again.instance().metrics().deadLetters()).isEqualTo(1);
        }
    }

    @Test
    void putsTheRowAsideAndFinishes() throws Exception {
        try (RunnerHarness harness = harness()) {
            InstanceWatch watch = harness.run(
                    harness.job(),
                    PIPELINE.formatted(", onError: {deadLetter: {path: bad, max: 1}}"),
                    1,
                    "filesystem",
                    null);

            assertThat(rows()).containsExactly("a 1", "b 3");
            assertThat(watch.instance().metrics().deadLetters()).isEqualTo(1);
            try (var parts = Files.list(harness.files.resolve("bad"))) {
                List<Path> shown = parts.filter(
                                part -> part.getFileName().toString().startsWith("part-main-"))
                        .toList();
                assertThat(shown).hasSize(1);
                assertThat(Files.readString(shown.get(0)))
                        .startsWith("{\"source\":\"rows\",\"split\":\"\",\"offset\":-1,")
                        .contains("too long");
            }
        }
    }

    private RunnerHarness harness() throws IOException {
        RunnerHarness harness =
                new RunnerHarness(directory, RunnerHarness.SMALL_BATCHES, new Databases(Map.of("db", database)));
        Files.writeString(
                harness.files.resolve("words.ndjson"),
                "{\"k\":\"a\",\"n\":1}\n{\"k\":\"too long\",\"n\":2}\n{\"k\":\"b\",\"n\":3}\n");
        return harness;
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select k, n from words order by n")) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getLong(2));
            }
        }
        return rows;
    }
}
