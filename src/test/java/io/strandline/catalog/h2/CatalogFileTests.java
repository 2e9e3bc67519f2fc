package io.strandline.catalog.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a start looks through the catalog's file. */
class CatalogFileTests {

    @TempDir
    Path directory;

    @Test
    void takesAFileThatWasClosedAsItIs() throws IOException, SQLException {
        CatalogFile catalog = new CatalogFile(directory, () -> true);
        fill(catalog);
        close(catalog);
        overwriteMiddle(true);
        catalog.makeReadable(Clock.systemUTC());
        assertThat(names()).containsExactly("catalog.mv.db");
    }

    @Test
    void looksThroughAFileThatWasWrittenSince() throws IOException, SQLException {
        CatalogFile catalog = new CatalogFile(directory, () -> true);
        fill(catalog);
        close(catalog);
        overwriteMiddle(false);
        catalog.makeReadable(Clock.systemUTC());
        assertThat(names()).singleElement().asString().startsWith("catalog.corrupt-");
    }

    @Test
    void looksThroughAFileThatWasOpenedAndNeverClosed() throws IOException, SQLException {
        CatalogFile catalog = new CatalogFile(directory, () -> true);
        fill(catalog);
        close(catalog);
        catalog.makeReadable(Clock.systemUTC());
        overwriteMiddle(true);
        catalog.makeReadable(Clock.systemUTC());
        assertThat(names()).singleElement().asString().startsWith("catalog.corrupt-");
    }

    @Test
    void looksThroughAFileOnWhichTheStartBeforeHasFailed() throws IOException, SQLException {
        CatalogFile catalog = new CatalogFile(directory, () -> true);
        fill(catalog);
        close(catalog);
        overwriteMiddle(true);
        CatalogFile failing = new CatalogFile(directory, () -> true);
        failing.makeReadable(Clock.systemUTC());
        failing.noteClosed();
        assertThat(names()).containsExactly("catalog.mv.db");

        new CatalogFile(directory, () -> true).makeReadable(Clock.systemUTC());
        assertThat(names()).singleElement().asString().startsWith("catalog.corrupt-");
    }

    private static void close(CatalogFile catalog) throws IOException {
        catalog.opened();
        catalog.noteClosed();
    }

    private void fill(CatalogFile catalog) throws SQLException {
        try (Connection connection = open(catalog);
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id bigint primary key, text varchar)");
            statement.execute("insert into t select \"X\", random_uuid() from system_range(1, 20000)");
        }
        try (Connection connection = open(catalog);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(20_000);
        }
    }

    private static Connection open(CatalogFile catalog) throws SQLException {
        return DriverManager.getConnection(catalog.getJdbcUrl(), catalog.getUsername(), catalog.getPassword());
    }

    private void overwriteMiddle(boolean unnoticed) throws IOException {
        Path file = directory.resolve("catalog.mv.db");
        byte[] content = Files.readAllBytes(file);
        for (int i = 8_192; i < content.length - 4_096; i++) {
            content[i] = 0;
        }
        var written = Files.getLastModifiedTime(file);
        Files.write(file, content);
        Files.setLastModifiedTime(
                file,
                unnoticed
                        ? written
                        : java.nio.file.attribute.FileTime.from(
                                written.toInstant().plus(Duration.ofSeconds(5))));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.startsWith("catalog."))
                    .sorted()
                    .toList();
        }
    }
}
