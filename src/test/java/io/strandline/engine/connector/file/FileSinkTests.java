package io.strandline.engine.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.LineSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTests {

    private static final RowType ROWS =
            new RowType(List.of(new Column("n", ColumnType.LONG), new Column("s", ColumnType.STRING)));

    @TempDir
    Path directory;

    @Test
    void showsRowsOnlyWhenACheckpointOfTheirNumberOrALaterOneCompletes() throws IOException {
        FileSink sink = started("main");
        try (SinkWriter writer = sink.writer(context("main"))) {
            writer.write(rows(1, 2));
            writer.prepare(4).join();
            writer.write(rows(3));
            writer.prepare(5).join();
            writer.write(rows(4));

            assertThat(committed()).isEmpty();
            sink.commit(5);
            sink.commit(5);

            assertThat(committed()).containsExactly("part-main-4-0-0.json", "part-main-5-0-0.json");
            assertThat(Files.readString(directory.resolve("part-main-4-0-0.json")))
                    .isEqualTo("{\"n\":1,\"s\":\"a\\\"1\"}\n{\"n\":2,\"s\":\"a\\\"2\"}\n");
        }
    }

    @Test
    void doesNotPutWhatAnotherStartHadWrittenInThePlaceOfItsOwn() throws IOException {
        try (SinkWriter writer = started("main").writer(context("main"))) {
            writer.write(rows(1));
            writer.prepare(1).join();
        }
        started("main", new LineSegment("main", 1, 1));
        FileSink anew = started("main");
        assertThat(committed()).as("withdrawn by a start without a line").isEmpty();
        try (SinkWriter writer = anew.writer(context("main"))) {
            writer.write(rows(2));
            writer.prepare(1).join();
            anew.commit(1);
        }

        started("main", new LineSegment("main", 1, 1));

        assertThat(Files.readString(directory.resolve("part-main-1-0-0.json"))).contains("\"n\":2");
    }

    @Test
    void isNotPreparedBeforeWhatAnEarlierAttemptStagedIsDurable() throws IOException {
        List<Runnable> blocking = new ArrayList<>();
        FileSink sink = started("main");
        try (SinkWriter writer =
                sink.writer(new SinkWriterContext("main", 0, blocking::add, System::nanoTime, full -> false))) {
            writer.write(rows(1));
            writer.prepare(5);
            writer.write(rows(2));
            CompletableFuture<Void> later = writer.prepare(6);
            CompletableFuture<Void> empty = writer.prepare(7);

            assertThat(blocking).as("6 waits for 5").hasSize(1);
            blocking.get(0).run();
            assertThat(later).isNotDone();
            assertThat(empty).isNotDone();
            blocking.get(1).run();
            assertThat(empty).isDone();
            sink.commit(7);
            assertThat(committed()).containsExactly("part-main-5-0-0.json", "part-main-6-0-0.json");
        }
    }

    @Test
    void makesNoFileForAnAttemptWithoutRows() throws IOException {
        FileSink sink = started("main");
        try (SinkWriter writer = sink.writer(context("main"))) {
            writer.prepare(1).join();
            sink.commit(1);
        }

        assertThat(all()).isEmpty();
    }

    @Test
    void commitsStagedOutputOfTheLineAndDeletesWhatNoVersionHasWhenItStartsAgain() throws IOException {
        FileSink killed = started("main");
        SinkWriter writer = killed.writer(context("main"));
        writer.write(rows(1));
        writer.prepare(7).join();
        writer.write(rows(2));
        writer.prepare(8).join();
        writer.write(rows(3));

        List<OutputMove> moves = sink().recover(start("main", new LineSegment("main", 1, 7)));

        assertThat(moves)
                .extracting(OutputMove::from, OutputMove::action)
                .containsExactly(
                        tuple(".part-main-7-0-0.json", OutputMove.Action.COMMITTED),
                        tuple(".part-main-8-0-0.json", OutputMove.Action.DELETED));
        assertThat(all()).containsExactly("part-main-7-0-0.json");
    }

    @Test
    void takesBackWhatTheLineNoLongerHasAndBringsItBackWhenItHasItAgain() throws IOException {
        commit("main", 1, 2, 3);

        sink().recover(start("main", new LineSegment("main", 1, 1)));
        assertThat(committed()).containsExactly("part-main-1-0-0.json");
        assertThat(directory.resolve(".withdrawn")).isDirectoryContaining("glob:**part-main-2-0-0.json");

        sink().recover(start("main", new LineSegment("main", 1, 1), new LineSegment("main", 3, 3)));
        sink().recover(start("main", new LineSegment("main", 1, 1), new LineSegment("main", 3, 3)));
        assertThat(committed()).containsExactly("part-main-1-0-0.json", "part-main-3-0-0.json");
    }

    @Test
    void letsPartsGoThatWereTakenBackAndChosen() throws IOException {
        commit("main", 1, 2, 3);
        sink().recover(start("main", new LineSegment("main", 1, 1)));

        int released = FileSink.release(directory, (branch, number) -> branch.equals("main") && number == 2);

        assertThat(released).isEqualTo(1);
        assertThat(directory.resolve(".withdrawn")).isDirectoryNotContaining("glob:**part-main-2-0-0.json");
        assertThat(directory.resolve(".withdrawn")).isDirectoryContaining("glob:**part-main-3-0-0.json");
        assertThat(committed()).containsExactly("part-main-1-0-0.json");
    }

    @Test
    void neverTouchesOutputOfAnotherBranch() throws IOException {
        commit("main", 1);
        commit("main-2", 2);
        FileSink other = started("main-2", new LineSegment("main-2", 2, 2));
        SinkWriter writer = other.writer(context("main-2"));
        writer.write(rows(9));

        sink().recover(start("main"));

        assertThat(committed()).containsExactly("part-main-2-2-0-0.json");
        assertThat(all()).anyMatch(name -> name.startsWith(".open-main-2-0-"));
        writer.close();
    }

    @Test
    void doesNotCommitWhatALateWriterOfAnEarlierStartStaged() throws IOException {
        FileSink fenced = started("main");
        SinkWriter late = fenced.writer(context("main"));
        late.write(rows(1));
        FileSink current = started("main");
        assertThatThrownBy(() -> late.prepare(3).join()).hasMessageContaining("staging output of attempt 3");

        try (SinkWriter writer = current.writer(context("main"))) {
            writer.write(rows(2));
            writer.prepare(4).join();
            current.commit(4);
        }

        assertThat(committed()).containsExactly("part-main-4-0-0.json");
    }

    private void commit(String branch, long... numbers) throws IOException {
        FileSink sink = started(branch);
        try (SinkWriter writer = sink.writer(context(branch))) {
            for (long number : numbers) {
                writer.write(rows(number));
                writer.prepare(number).join();
                sink.commit(number);
            }
        }
    }

    private FileSink started(String branch, LineSegment... line) throws IOException {
        FileSink sink = sink();
        sink.recover(start(branch, line));
        return sink;
    }

    private FileSink sink() {
        return new FileSink(new PartDirectory(directory, new DiskPartFiles()), ROWS, RecordFormat.JSON);
    }

    private static SinkStart start(String branch, LineSegment... line) {
        return new SinkStart("out", branch, List.of(line));
    }

    private static SinkWriterContext context(String branch) {
        return new SinkWriterContext(branch, 0, Runnable::run, System::nanoTime, full -> false);
    }

    private static Batch rows(long... values) {
        Batch batch = new Batch(ROWS, values.length);
        for (int row = 0; row < values.length; row++) {
            batch.longs(0)[row] = values[row];
            batch.objects(1)[row] = "a\"" + values[row];
        }
        batch.size(values.length);
        return batch;
    }

    private List<String> committed() throws IOException {
        return all().stream().filter(name -> !name.startsWith(".")).toList();
    }

    private List<String> all() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
