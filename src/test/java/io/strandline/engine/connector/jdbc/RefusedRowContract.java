package io.strandline.engine.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.RefusedRowException;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.snapshot.LineSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every database has to make true, also of rows that it will never take. */
abstract class RefusedRowContract extends JdbcSinkContract {

    /** Makes the type of a column varchar(99), behind {@code alter column}. */
    abstract String wider();

    /** Too long, no number of the column's, a key that is there; in three batches' worth of rows. */
    @Test
    void putsRowsAsideThatTheTableWillNeverTakeAndStoresAllOthers() throws Exception {
        execute("create table picky (k varchar(8) primary key, n bigint check (n < 5000))");
        RefusedLetters letters = letters(9);
        JdbcSink sink = sink(target("picky"), letters);
        sink.recover(start());
        try (SinkWriter writer = sink.writer(context())) {
            for (int row = 0; row < 2_500; row++) {
                write(writer, "k" + row, row);
            }
            write(writer, "far-too-long", 1);
            write(writer, "k7", 7);
            write(writer, "high", 5_000);
            writer.prepare(3).join();
            assertThat(shownLetters()).isEmpty();

            sink.commit(3);
            sink.commit(3);
        }

        assertThat(rows("select count(*), sum(n) from picky")).containsExactly("2500|" + 2_499 * 1_250);
        assertThat(shownLetters())
                .hasSize(3)
                .allMatch(letter ->
                        letter.startsWith("{\"source\":\"out\",\"split\":\"\",\"offset\":-1,\"cause\":\"table picky"))
                .anyMatch(letter -> letter.contains("SQLSTATE 22001") && letter.contains("far-too-long"))
                .anyMatch(letter -> letter.contains("SQLSTATE 23505") && letter.contains("\\\"n\\\":7"))
                .anyMatch(letter -> letter.contains("SQLSTATE 235") && letter.contains("5000"));
        assertThat(sink.refusedRows()).isEqualTo(3);
        assertThat(staged()).isEmpty();
    }

    @Test
    void failsNamingTheRowThatTheTableWillNeverTakeAndStoresNone() throws Exception {
        JdbcSink sink = started(appending());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            write(writer, "longer than twenty characters", 2);
            writer.prepare(1).join();

            assertThatThrownBy(() -> sink.commit(1))
                    .isInstanceOf(RefusedRowException.class)
                    .hasMessageContaining("table log refuses the row: ")
                    .hasMessageEndingWith("{\"k\":\"longer than twenty characters\",\"n\":2}");
            assertThat(rows("select k from log")).isEmpty();
            execute("alter table log alter column k " + wider());

            sink.commit(1);

            assertThat(rows("select n from log order by n")).containsExactly("1", "2");
        }
    }

    @Test
    void failsWithTheFirstRefusedRowBeyondTheCap() throws Exception {
        JdbcSink sink = sink(appending(), letters(1));
        sink.recover(start());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "the first of two that are too long", 1);
            write(writer, "the second of two that are too long", 2);
            writer.prepare(1).join();

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> sink.commit(1))
                        .isInstanceOf(RefusedRowException.class)
                        .hasMessageContaining("one more than the 1 dead letters");
            }
            assertThat(shownLetters()).isEmpty();
        }
    }

    /** A try that did not come about has no letters, nor has one that a crash cut off. */
    @Test
    void makesNoLetterOfARowThatTheTableTakesTheNextTime() throws Exception {
        JdbcSink sink = sink(appending(), letters(5));
        sink.recover(start());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "longer than twenty characters", 1);
            write(writer, "fine", 2);
            writer.prepare(1).join();
        }
        Path left = directory.resolve("letters/.part-main-1-0-0.json");
        sink.commit(1);
        Path shown = directory.resolve("letters/part-main-1-0-0.json");
        assertThat(shown).exists();
        execute("delete from log");
        execute("delete from strandline_commits");
        Files.move(shown, left);
        try (SinkWriter again = sink.writer(context())) {
            write(again, "longer than twenty characters", 1);
            again.prepare(1).join();
        }
        execute("alter table log alter column k " + wider());

        JdbcSink restarted = sink(appending(), letters(5));
        assertThat(restarted.recover(start(new LineSegment("main", 1, 1))))
                .singleElement()
                .extracting(OutputMove::sink)
                .isEqualTo("out:letters");
        restarted.commit(1);

        assertThat(rows("select n from log")).containsExactly("1");
        assertThat(shownLetters()).isEmpty();
        assertThat(restarted.refusedRows()).isZero();
    }

    /** The transaction came about, its letters were durable, and the process died before it could show them. */
    @Test
    void showsLettersAfterACrashBehindTheTransaction() throws Exception {
        JdbcSink sink = sink(appending(), letters(5));
        sink.recover(start());
        Path kept = directory.resolve("kept");
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "longer than twenty characters", 1);
            writer.prepare(1).join();
            Path part = staged().get(0);
            Files.copy(part, kept);
            sink.commit(1);
            Files.copy(kept, part);
        }
        Path shown = directory.resolve("letters/part-main-1-0-0.json");
        Files.move(shown, shown.resolveSibling(".part-main-1-0-0.json"));

        JdbcSink restarted = sink(appending(), letters(5));
        restarted.recover(start(new LineSegment("main", 1, 1)));
        restarted.commit(1);

        assertThat(shownLetters()).singleElement().asString().contains("longer than twenty");
        assertThat(staged()).isEmpty();
    }

    @Test
    void doesNotTakeADatabaseThatIsAwayForARefusal() throws Exception {
        JdbcSink sink = sink(appending(), letters(5));
        sink.recover(start());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            writer.prepare(1).join();
        }
        execute("drop table log");

        assertThatThrownBy(() -> sink.commit(1))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(RefusedRowException.class);
        assertThat(sink.refusedRows()).isZero();
    }

    RefusedLetters letters(long max) throws IOException {
        Path place = Files.createDirectories(directory.resolve("letters"));
        return new RefusedLetters("out", "out:letters", new PartDirectory(place, new DiskPartFiles()), max);
    }

    private List<String> shownLetters() throws IOException {
        List<String> letters = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("letters"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList()) {
                letters.addAll(Files.readAllLines(file));
            }
        }
        return letters;
    }
}
