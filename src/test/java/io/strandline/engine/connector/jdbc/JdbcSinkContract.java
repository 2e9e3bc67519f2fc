package io.strandline.engine.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.LineSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database has to make true. */
abstract class JdbcSinkContract {

    private static final RowType ROWS =
            new RowType(List.of(new Column("k", ColumnType.STRING), new Column("n", ColumnType.LONG)));

    @TempDir
    Path directory;

    private DataSource database;

    /** An empty database. */
    abstract DataSource database() throws Exception;

    /** The type of a column of bytes. */
    abstract String bytesType();

    @BeforeEach
    void makeTables() throws Exception {
        database = database();
        execute("create table t (k varchar(20) primary key, n bigint, note varchar(20))");
        execute("create table log (k varchar(20), n bigint)");
    }

    @Test
    void showsRowsOnlyWhenTheirCheckpointIsAVersionAndOnce() throws Exception {
        JdbcSink sink = started(appending());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            writer.prepare(1).join();
            write(writer, "b", 2);
            writer.prepare(2).join();
            write(writer, "c", 3);
            assertThat(rows("select k, n from log order by n")).isEmpty();

            sink.commit(2);
            sink.commit(2);

            assertThat(rows("select k, n from log order by n")).containsExactly("a|1", "b|2");
            assertThat(staged()).isEmpty();
        }
    }

    @Test
    void letsTheNewestRowOfAKeyTakeThePlaceOfTheOneBefore() throws Exception {
        JdbcSink sink = started(upserting());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            write(writer, "b", 1);
            write(writer, "a", 2);
            writer.prepare(1).join();
            sink.commit(1);
            write(writer, "b", 5);
            writer.prepare(2).join();
            sink.commit(2);
        }

        assertThat(rows("select k, n from t order by k")).containsExactly("a|2", "b|5");
    }

    @Test
    void storesTheTenthFileOfANumberAfterThoseBeforeIt() throws Exception {
        JdbcSink sink = started(upserting());
        for (int index : new int[] {2, 10}) {
            try (SinkWriter writer = sink.writer(context())) {
                write(writer, "a", index);
                writer.prepare(1).join();
            }
            Path first = directory.resolve("staging/.part-main-1-0-0.rows");
            Files.move(first, first.resolveSibling(".part-main-1-0-" + index + ".rows"));
        }

        JdbcSink again = sink(upserting());
        again.recover(start(new LineSegment("main", 1, 1)));
        again.commit(1);

        assertThat(rows("select k, n from t")).containsExactly("a|10");
    }

    @Test
    void storesWhatWaitsAfterACrashAndDropsWhatNoVersionHas() throws Exception {
        SinkWriter killed = started(appending()).writer(context());
        write(killed, "a", 1);
        killed.prepare(1).join();
        write(killed, "b", 2);
        killed.prepare(2).join();

        JdbcSink again = sink(appending());
        again.recover(start(new LineSegment("main", 1, 1)));
        again.commit(5);

        assertThat(rows("select k, n from log")).containsExactly("a|1");
        assertThat(staged()).isEmpty();
    }

    @Test
    void storesNothingTwiceWhenTheFileOutlivedItsCommit() throws Exception {
        JdbcSink sink = started(appending());
        Path kept = directory.resolve("kept");
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            writer.prepare(1).join();
            Path part = staged().get(0);
            Files.copy(part, kept);
            sink.commit(1);
            Files.copy(kept, part);
        }

        JdbcSink again = sink(appending());
        again.recover(start(new LineSegment("main", 1, 1)));
        again.commit(2);

        assertThat(rows("select k, n from log")).containsExactly("a|1");
        assertThat(staged()).isEmpty();
    }

    @Test
    void keepsTheRowsOfACommitThatFailedAndStoresThemWithTheNext() throws Exception {
        JdbcSink sink = started(appending());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            writer.prepare(1).join();
            execute("alter table log rename to elsewhere");
            assertThatThrownBy(() -> sink.commit(1)).hasMessageContaining("there is no table 'log'");
            write(writer, "b", 2);
            writer.prepare(2).join();
            execute("alter table elsewhere rename to log");

            sink.commit(2);

            assertThat(rows("select k, n from log order by n")).containsExactly("a|1", "b|2");
        }
    }

    @Test
    void keepsEveryTypeAsItIs() throws Exception {
        execute("create table every_type (l bigint, d double precision, b boolean, s varchar(99), t timestamp,"
                + " z timestamp with time zone, p bigint, x " + bytesType() + ")");
        RowType every = new RowType(List.of(
                new Column("l", ColumnType.LONG),
                new Column("d", ColumnType.DOUBLE),
                new Column("b", ColumnType.BOOLEAN),
                new Column("s", ColumnType.STRING),
                new Column("t", ColumnType.TIMESTAMP),
                new Column("z", ColumnType.TIMESTAMP),
                new Column("p", ColumnType.DURATION),
                new Column("x", ColumnType.BYTES)));
        JdbcSink sink =
                new JdbcSink(new JdbcTarget(database, "EVERY_type", List.of()), every, parts(), "job/out", null);
        try (SinkWriter writer = sink.writer(context())) {
            Batch batch = new Batch(every, 1);
            batch.longs(0)[0] = Long.MIN_VALUE;
            batch.doubles(1)[0] = 0.1;
            batch.longs(2)[0] = 1;
            batch.objects(3)[0] = "é\n";
            batch.longs(4)[0] = 1_000;
            batch.longs(5)[0] = 1_000;
            batch.longs(6)[0] = 7;
            batch.objects(7)[0] = "xyz".getBytes(StandardCharsets.UTF_8);
            batch.size(1);
            writer.write(batch);
            writer.prepare(1).join();
            sink.commit(1);
        }

        assertThat(rows("select l, d, b, s, p, octet_length(x) from every_type"))
                .containsExactly(Long.MIN_VALUE + "|0.1|true|é\n|7|3");
        assertThat(rows("select count(*) from every_type where t = timestamp '1970-01-01 00:00:01'"
                        + " and z = timestamp with time zone '1970-01-01 00:00:01+00'"))
                .containsExactly("1");
    }

    @Test
    void saysWhatKeepsRowsOutOfATable() throws Exception {
        assertThat(JdbcSink.mismatch(upserting(), ROWS)).isEmpty();
        assertThat(JdbcSink.mismatch(target("nowhere"), ROWS)).hasValue("there is no table 'nowhere' in the database");
        assertThat(JdbcSink.mismatch(target("log", "k"), ROWS))
                .hasValueSatisfying(
                        detail -> assertThat(detail).contains("no primary key or unique constraint on [k]"));
        RowType other = new RowType(List.of(new Column("m", ColumnType.LONG)));
        assertThat(JdbcSink.mismatch(appending(), other))
                .hasValueSatisfying(detail -> assertThat(detail).contains("no column 'm'"));
        RowType wrong = new RowType(List.of(new Column("k", ColumnType.LONG)));
        assertThat(JdbcSink.mismatch(appending(), wrong))
                .hasValueSatisfying(detail -> assertThat(detail).contains("does not take a long"));
    }

    @Test
    void doesNotStoreStagedRowsThatAreDamaged() throws Exception {
        JdbcSink sink = started(appending());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            writer.prepare(1).join();
        }
        Path part = staged().get(0);
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length - 1] ^= 1;
        Files.write(part, bytes);

        assertThatThrownBy(() -> sink.commit(1)).isInstanceOf(IOException.class).hasMessageContaining("are damaged");
        assertThat(rows("select k from log")).isEmpty();
    }

    JdbcTarget appending() {
        return target("log");
    }

    private JdbcTarget upserting() {
        return target("t", "k");
    }

    JdbcTarget target(String table, String... keys) {
        return new JdbcTarget(database, table, List.of(keys));
    }

    JdbcSink started(JdbcTarget target) throws IOException {
        JdbcSink sink = sink(target);
        sink.recover(start());
        return sink;
    }

    private JdbcSink sink(JdbcTarget target) throws IOException {
        return sink(target, null);
    }

    JdbcSink sink(JdbcTarget target, @Nullable RefusedLetters letters) throws IOException {
        return new JdbcSink(target, ROWS, parts(), "job/out", letters);
    }

    private PartDirectory parts() throws IOException {
        return new PartDirectory(Files.createDirectories(directory.resolve("staging")), new DiskPartFiles());
    }

    static SinkStart start(LineSegment... line) {
        return new SinkStart("out", "main", List.of(line));
    }

    static SinkWriterContext context() {
        return new SinkWriterContext("main", 0, Runnable::run, System::nanoTime, full -> false);
    }

    static void write(SinkWriter writer, String key, long number) throws IOException {
        Batch batch = new Batch(ROWS, 1);
        batch.objects(0)[0] = key;
        batch.longs(1)[0] = number;
        batch.size(1);
        writer.write(batch);
    }

    List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("staging"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".part-"))
                    .toList();
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getObject(i)));
                }
                found.add(String.join("|", values));
            }
        }
        return found;
    }
}
