package io.strandline.engine.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.SplitReader.Availability;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.Batch;
import io.strandline.snapshot.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FileSourceTests {

    private static final List<RecordColumn> COLUMNS = List.of(
            new RecordColumn(
                    "at", ColumnType.TIMESTAMP, text -> Instant.parse(text).toEpochMilli()),
            new RecordColumn("delay", ColumnType.LONG, null),
            new RecordColumn("share", ColumnType.DOUBLE, null),
            new RecordColumn("late", ColumnType.BOOLEAN, null),
            new RecordColumn("origin", ColumnType.STRING, null));

    @TempDir
    Path directory;

    @Test
    void readsJsonFieldsInAnyOrderWithEscapesAndSkipsWhatTheSchemaDoesNotName() throws IOException {
        Path file = write("""
                {"at":"2001-01-01T00:47:00Z","delay":-66,"share":0.25,"late":true,"origin":"DTW"}
                 {"extra":{"a":[1,2,{"b":null}],"delay":9}, "origin":"A\\u00e9\\n\\"x\\\\", "late" : false ,"share":7,"delay":0,"at":"2001-01-02T00:00:00Z"}\r

                {"at":"2001-01-01T00:47:00Z","delay":1,"delay":2,"share":-1.5e3,"late":true,"origin":""}
                """);

        List<String> rows =
                readAll(source(file, RecordFormat.JSON, FileSource.OnEnd.STOP).open("f", 0));

        assertThat(rows)
                .containsExactly(
                        "2001-01-01T00:47:00Z|-66|0.25|1|DTW",
                        "2001-01-02T00:00:00Z|0|7.0|0|Aé\n\"x\\",
                        "2001-01-01T00:47:00Z|2|-1500.0|1|");
    }

    @Test
    void readsCsvByItsHeaderWithQuotesAndSkipsColumnsThatTheSchemaDoesNotName() throws IOException {
        Path file = write(
                "delay,origin,unused,at,late,share\n-5,\"a,\"\"b\"\"\",x,2001-01-01T00:00:00Z,true,1.5\r\n7,,,2001-01-01T00:00:01Z,false,2");

        List<String> rows =
                readAll(source(file, RecordFormat.CSV, FileSource.OnEnd.STOP).open("f", 0));

        assertThat(rows).containsExactly("2001-01-01T00:00:00Z|-5|1.5|1|a,\"b\"", "2001-01-01T00:00:01Z|7|2.0|0|");
    }

    @ParameterizedTest
    @EnumSource(RecordFormat.class)
    void goesOnExactlyBehindTheLastRowFromAnyOffsetItOnceHad(RecordFormat format) throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(format == RecordFormat.CSV ? "at,delay,share,late,origin\n" : "");
        for (int i = 0; i < 500; i++) {
            String origin = "o".repeat(random.nextInt(300));
            text.append(
                    format == RecordFormat.CSV
                            ? "2001-01-01T00:00:00Z,%d,0,true,%s\n".formatted(i, origin)
                            : "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":%d,\"share\":0,\"late\":true,\"origin\":\"%s\"}\n"
                                    .formatted(i, origin));
        }
        FileSource source = source(write(text.toString()), format, FileSource.OnEnd.STOP);
        List<Long> delays = new ArrayList<>();
        long offset = 0;
        boolean ended = false;
        while (!ended) {
            try (SplitReader reader = source.open("f", offset)) {
                Batch batch = new Batch(source.type(), 64);
                ended = reader.read(batch, 1 + random.nextInt(64)) == Availability.END;
                for (int row = 0; row < batch.size(); row++) {
                    delays.add(batch.longs(1)[row]);
                }
                offset = reader.offset();
            }
        }

        assertThat(delays).hasSize(500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void waitsForTheLineFeedOfAGrowingFileWhenItFollows() throws IOException {
        Path file = write("{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,");
        FileSource source = source(file, RecordFormat.JSON, FileSource.OnEnd.FOLLOW);
        try (SplitReader reader = source.open("f", 0)) {
            Batch batch = new Batch(source.type(), 8);

            assertThat(reader.read(batch, 8)).isEqualTo(Availability.LATER);
            assertThat(reader.offset()).isZero();
            Files.writeString(file, "\"share\":1,\"late\":true,\"origin\":\"X\"}\n", StandardOpenOption.APPEND);
            assertThat(reader.read(batch, 8)).isEqualTo(Availability.LATER);

            assertThat(batch.size()).isEqualTo(1);
            assertThat(reader.offset()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void beginsAgainAtTheEndWhenItRepeats() throws IOException {
        Path file = write("{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,\"share\":1,\"late\":true,\"origin\":\"X\"}");
        FileSource source = source(file, RecordFormat.JSON, FileSource.OnEnd.REPEAT);
        try (SplitReader reader = source.open("f", 0)) {
            Batch batch = new Batch(source.type(), 8);
            for (int i = 0; i < 5; i++) {
                assertThat(reader.read(batch, 1)).isEqualTo(Availability.MORE);
            }
            assertThat(batch.size()).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"at\":\"x\",\"delay\":1,\"share\":1,\"late\":true,\"origin\":\"X\"}; field 'at'",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1.5,\"share\":1,\"late\":true,\"origin\":\"X\"}; field 'delay' is '1.5', not a long",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":null,\"share\":1,\"late\":true,\"origin\":\"X\"}; field 'delay' is null",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":99999999999999999999,\"share\":1,\"late\":true,\"origin\":\"X\"}; field 'delay'",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,\"share\":\"1\",\"late\":true,\"origin\":\"X\"}; field 'share' is the string '1'",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,\"share\":1,\"late\":1,\"origin\":\"X\"}; field 'late' is the number 1",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,\"share\":1,\"late\":true,\"origin\":[1]}; field 'origin' is an array",
                "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,\"share\":1,\"late\":true}; field 'origin' is missing",
                "{\"delay\":01}; no leading zero",
                "{\"delay\":1} x; the end of the record",
                "[1]; '{' is expected",
                "{\"delay\":1; '}' is expected",
                "{\"origin\":\"a; end of a string",
                "{\"origin\":\"\\x\"}; is no escape"
            })
    void namesTheOffsetAndTheCauseOfALineThatIsNoRecord(String line, String cause) throws IOException {
        String good = "{\"at\":\"2001-01-01T00:00:00Z\",\"delay\":1,\"share\":1,\"late\":true,\"origin\":\"X\"}\n";
        FileSource source = source(write(good + line + "\n"), RecordFormat.JSON, FileSource.OnEnd.STOP);
        try (SplitReader reader = source.open("f", 0)) {
            Batch batch = new Batch(source.type(), 8);

            assertThatThrownBy(() -> reader.read(batch, 8))
                    .isInstanceOf(PoisonRecordException.class)
                    .hasMessageContaining("offset " + good.length() + " of f")
                    .hasMessageContaining(cause);
            assertThat(batch.size()).isEqualTo(1);
        }
    }

    @Test
    void refusesToGoOnBehindTheEndOfTheFileOrInAnotherOne() throws IOException {
        FileSource source = source(write("{}\n"), RecordFormat.JSON, FileSource.OnEnd.STOP);

        assertThatThrownBy(() -> source.open("f", 4)).hasMessageContaining("has 3 bytes");
        assertThatThrownBy(() -> source.open("g", 0)).hasMessageContaining("reads f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "1,2; 2 values where the header names 1",
                "1.5; field 'delay' is",
                "99999999999999999999; field 'delay' is",
                "#\"1#; a quoted value does not end on its line",
                "#\"1\"2#; text behind a closing quote at column 4"
            })
    void namesTheCauseOfALineThatDoesNotFitItsHeaderOrSchema(String line, String cause) throws IOException {
        List<RecordColumn> delay = List.of(new RecordColumn("delay", ColumnType.LONG, null));
        Path file = write("delay\n7\n" + line + "\n");
        FileSource source = new FileSource(file, "f", RecordFormat.CSV, delay, FileSource.OnEnd.STOP);
        try (SplitReader reader = source.open("f", 0)) {
            Batch batch = new Batch(source.type(), 8);

            assertThatThrownBy(() -> reader.read(batch, 8))
                    .isInstanceOf(PoisonRecordException.class)
                    .hasMessageContaining("offset 8")
                    .hasMessageContaining(cause);
            assertThat(batch.longs(0)[0]).isEqualTo(7);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("input"), text);
    }

    private static FileSource source(Path file, RecordFormat format, FileSource.OnEnd onEnd) {
        return new FileSource(file, "f", format, COLUMNS, onEnd);
    }

    private static List<String> readAll(SplitReader reader) throws IOException {
        List<String> rows = new ArrayList<>();
        try (reader) {
            Availability availability;
            do {
                Batch batch = new Batch(
                        source(Path.of("f"), RecordFormat.JSON, FileSource.OnEnd.STOP)
                                .type(),
                        2);
                availability = reader.read(batch, 2);
                for (int row = 0; row < batch.size(); row++) {
                    rows.add(Instant.ofEpochMilli(batch.longs(0)[row]) + "|" + batch.longs(1)[row] + "|"
                            + batch.doubles(2)[row] + "|" + batch.longs(3)[row] + "|" + batch.objects(4)[row]);
                }
            } while (availability != Availability.END);
        }
        return rows;
    }
}
