package io.strandline.engine.connector.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.SplitReader.Availability;
import io.strandline.engine.connector.inbox.Inbox.Receipt.Kept;
import io.strandline.engine.connector.record.RecordColumn;
import io.strandline.engine.element.Batch;
import io.strandline.snapshot.ColumnType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTests {

    private static final List<RecordColumn> COLUMNS = List.of(new RecordColumn("n", ColumnType.LONG, null));
    private static final long SMALL_SEGMENT = 200;

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void yieldsWhatWasPushedInOrderAndGoesOnFromAnyOffset() throws IOException {
        try (Inbox inbox = open(1)) {
            assertThat(push(inbox, "", 1, 2, 3)).isEqualTo(new Kept(0, 0, 3, false));
            assertThat(push(inbox, "", 4)).isEqualTo(new Kept(0, 3, 1, false));

            assertThat(readAll(inbox, 0)).containsExactly(1L, 2L, 3L, 4L);
            for (int offset = 0; offset <= 4; offset++) {
                assertThat(readAll(inbox, offset)).isEqualTo(numbers(offset + 1, 4));
            }
        }
    }

    @Test
    void keepsEverythingWhenItIsOpenedAgainAcrossSegments() throws IOException {
        try (Inbox inbox = open(1)) {
            for (long n = 1; n <= 60; n += 2) {
                push(inbox, "", n, n + 1);
            }
        }
        try (Inbox inbox = open(1)) {
            push(inbox, "", 61);

            assertThat(segments()).hasSizeGreaterThan(3);
            assertThat(readAll(inbox, 0)).isEqualTo(numbers(1, 61));
            assertThat(readAll(inbox, 37)).isEqualTo(numbers(38, 61));
            assertThat(inbox.ranges()).containsEntry("0", new Inbox.Range(0, 61));
        }
    }

    @Test
    void followsTheLogWhileItGrows() throws IOException {
        try (Inbox inbox = open(1);
                SplitReader reader = inbox.source(COLUMNS).open("0", 0)) {
            assertThat(read(reader)).isEmpty();
            for (long n = 1; n <= 40; n++) {
                push(inbox, "", n);
                assertThat(read(reader)).containsExactly(n);
                assertThat(reader.offset()).isEqualTo(n);
            }
        }
    }

    @Test
    void cutsOffAPushThatACrashTore() throws IOException {
        try (Inbox inbox = open(1)) {
            push(inbox, "", 1, 2);
            push(inbox, "torn", 3, 4);
        }
        Path segment = segments().get(0);
        long whole = Files.size(segment);
        for (long size = whole - 1; size > whole - 40; size--) {
            truncate(segment, size);
            try (Inbox inbox = open(1)) {
                assertThat(inbox.ranges()).containsEntry("0", new Inbox.Range(0, 2));
                assertThat(push(inbox, "torn", 3, 4)).isEqualTo(new Kept(0, 2, 2, false));
                assertThat(readAll(inbox, 0)).containsExactly(1L, 2L, 3L, 4L);
            }
        }
    }

    @Test
    void refusesToOpenWhenAPushBeforeOthersIsDamaged() throws IOException {
        try (Inbox inbox = open(1)) {
            push(inbox, "", 1, 2);
            push(inbox, "", 3, 4);
        }
        try (RandomAccessFile file = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
            file.seek(30);
            file.write(file.read() ^ 1);
        }

        assertThatThrownBy(() -> open(1))
                .isInstanceOf(DamagedInboxException.class)
                .hasMessageContaining("damaged at byte 0");
    }

    @Test
    void keepsARepeatedPushOnceEvenAfterARestartAndWhenItsSegmentIsGone() throws IOException {
        try (Inbox inbox = open(2)) {
            assertThat(push(inbox, "a", 1, 2)).isEqualTo(new Kept(0, 0, 2, false));
            assertThat(push(inbox, "a", 1, 2)).isEqualTo(new Kept(0, 0, 2, true));
            assertThat(push(inbox, "a", 7)).isEqualTo(new Inbox.Receipt.KeyReused());
        }
        try (Inbox inbox = open(2)) {
            assertThat(push(inbox, "a", 1, 2)).isEqualTo(new Kept(0, 0, 2, true));
            for (long n = 0; n < 40; n++) {
                push(inbox, "", n);
            }
            inbox.trim(Map.of("0", 12L, "1", 12L));
            assertThat(inbox.ranges().get("0").first()).isPositive();
        }
        try (Inbox inbox = open(2)) {
            assertThat(push(inbox, "a", 1, 2)).isEqualTo(new Kept(0, 0, 2, true));
            now = now.plusSeconds(25 * 3600);
            push(inbox, "b", 1);
            assertThat(push(inbox, "a", 1, 2))
                    .as("a day later")
                    .isInstanceOfSatisfying(
                            Kept.class, kept -> assertThat(kept.repeated()).isFalse());
        }
    }

    @Test
    void trimsWholeSegmentsThatNobodyNeedsAndSaysWhenAnOffsetIsGone() throws IOException {
        try (Inbox inbox = open(1)) {
            for (long n = 1; n <= 40; n++) {
                push(inbox, "", n);
            }
            long before = inbox.ranges().get("0").end();

            assertThat(inbox.trim(Map.of("0", 20L))).isPositive();
            assertThat(inbox.trim(Map.of())).isZero();

            Inbox.Range range = inbox.ranges().get("0");
            assertThat(range.first()).isBetween(10L, 20L);
            assertThat(range.end()).isEqualTo(before);
            assertThat(readAll(inbox, 20)).isEqualTo(numbers(21, 40));
            assertThat(readAll(inbox, 0)).isEqualTo(numbers(range.first() + 1, 40));
            assertThatThrownBy(() -> readAll(inbox, 1)).hasMessageContaining("is at record 1");
            assertThatThrownBy(() -> readAll(inbox, 41)).hasMessageContaining("is at record 41");
        }
    }

    @Test
    void countsAsBacklogWhatNoReaderHasTaken() throws IOException {
        try (Inbox inbox = open(1)) {
            assertThat(inbox.backlogBytes()).isZero();
            for (long n = 1; n <= 40; n++) {
                push(inbox, "", n);
            }
            long all = inbox.backlogBytes();
            assertThat(all).isGreaterThan(40 * 40);
            try (SplitReader reader = inbox.source(COLUMNS).open("0", 0)) {
                assertThat(inbox.backlogBytes()).isEqualTo(all);
                read(reader);
                assertThat(inbox.backlogBytes()).isZero();
                push(inbox, "", 41);
                assertThat(inbox.backlogBytes()).isPositive().isLessThan(100);
                read(reader);
            }
            assertThat(inbox.backlogBytes()).as("after the reader has gone").isZero();
        }
        try (Inbox inbox = open(1)) {
            inbox.assumeRead(Map.of("0", 39L));
            assertThat(inbox.backlogBytes()).isPositive().isLessThan(200);
        }
    }

    @Test
    void namesTheRecordThatCannotBeReadAsTheSchemaSaysNow() throws IOException {
        try (Inbox inbox = open(1)) {
            push(inbox, "", 1, 2);
            Source other = inbox.source(List.of(new RecordColumn("m", ColumnType.LONG, null)));

            assertThatThrownBy(() -> read(other.open("0", 1)))
                    .isInstanceOfSatisfying(
                            PoisonRecordException.class,
                            poison -> assertThat(poison.offset()).isEqualTo(1));
        }
    }

    @Test
    void keepsPushesOfManyClientsAtATime() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (Inbox inbox = open(3)) {
            List<Future<?>> pushes = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                long from = client * 1_000L;
                pushes.add(clients.submit(() -> {
                    for (long n = from; n < from + 50; n++) {
                        push(inbox, "k" + n, n);
                    }
                    return null;
                }));
            }
            for (Future<?> push : pushes) {
                push.get();
            }
            TreeSet<Long> all = new TreeSet<>();
            for (String split : inbox.splits()) {
                all.addAll(read(inbox.source(COLUMNS).open(split, 0)));
            }
            assertThat(all).hasSize(200);
        } finally {
            clients.shutdownNow();
        }
    }

    private Inbox open(int partitions) throws IOException {
        InstantSource clock = () -> now;
        return Inbox.open(directory.resolve("inbox"), partitions, clock, SMALL_SEGMENT);
    }

    private static Inbox.Receipt push(Inbox inbox, String key, long... numbers) throws IOException {
        List<byte[]> records = LongStream.of(numbers)
                .mapToObj(n -> ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8))
                .toList();
        return inbox.append(records, key, null);
    }

    private static List<Long> readAll(Inbox inbox, long offset) throws IOException {
        try (SplitReader reader = inbox.source(COLUMNS).open("0", offset)) {
            return read(reader);
        }
    }

    private static List<Long> read(SplitReader reader) throws IOException {
        List<Long> found = new ArrayList<>();
        Batch batch = new Batch(
                new io.strandline.engine.element.RowType(
                        List.of(new io.strandline.snapshot.Column("n", ColumnType.LONG))),
                3);
        Availability more = Availability.MORE;
        while (more == Availability.MORE) {
            batch.clear();
            more = reader.read(batch, 3);
            for (int row = 0; row < batch.size(); row++) {
                found.add(batch.longs(0)[row]);
            }
        }
        return found;
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("inbox").resolve("0"))) {
            return files.sorted().toList();
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(size);
        }
    }
}
