package io.strandline.catalog.journal;

import static io.strandline.catalog.journal.JournaledJobs.append;
import static io.strandline.catalog.journal.JournaledJobs.entries;
import static io.strandline.catalog.journal.JournaledJobs.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.Ledger.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final RecordingFiles files = new RecordingFiles();

    @Test
    void readsBackWhatWasAppendedAfterAReopen() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
            append(journal, "b");
        }
        try (Journal journal = open()) {
            append(journal, "c");
            assertThat(jobs(journal)).containsExactly("a", "b", "c");
            assertThat(journal.newestAt()).isEqualTo(NOW);
            List<JournalEntry> entries = entries(journal, 2);
            assertThat(entries).extracting(JournalEntry::sequence).containsExactly(2L, 3L);
            assertThat(entries.get(0).cause()).isEqualTo(JournaledJobs.CAUSE);
            assertThat(entries.get(0).scope()).isEqualTo(new Scope.OfJob("b"));
        }
    }

    @Test
    void chainsSealedSegments() throws Exception {
        try (Journal journal = Journal.open(directory, CLOCK, files, 600)) {
            for (int i = 0; i < 20; i++) {
                append(journal, "job-" + i);
            }
        }
        assertThat(JournalTail.segments(directory)).hasSizeGreaterThan(3);
        try (Journal journal = Journal.open(directory, CLOCK, files, 600)) {
            assertThat(jobs(journal)).hasSize(20);
            assertThat(entries(journal, 17)).hasSize(4);
        }
        Path middle = Segment.name(directory, 2);
        Files.copy(Segment.name(directory, 3), directory.resolve("kept"));
        Files.delete(middle);
        assertDamaged("missing");
    }

    @Test
    void refusesASegmentOfANewerFormat() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
        }
        Path file = Segment.name(directory, 1);
        byte[] content = Files.readAllBytes(file);
        content[7] = '2';
        Files.write(file, content);

        assertNewer("has format 2");
    }

    @Test
    void refusesAnEntryWithAChangeThatOnlyANewerReleaseKnows() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
        }
        Path file = Segment.name(directory, 1);
        Segment.Link before = new Segment(file, 1)
                .scan(null, true, (sequence, hash, payload) -> {})
                .end();
        byte[] later = "{\"at\":\"%s\",\"cause\":{},\"changes\":[{\"change\":\"moon-phase-set\"}]}"
                .formatted(NOW)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(file, Frame.entry(2, before.hash(), later), StandardOpenOption.APPEND);

        assertNewer("moon-phase-set");
    }

    private void assertNewer(String what) {
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> {
                    try (Journal journal = open()) {
                        entries(journal, 1);
                    }
                })
                .withMessageContaining(what)
                .withMessageContaining("newer release")
                .satisfies(refusal -> assertThat(refusal.getExitCode()).isEqualTo(11));
    }

    @Test
    void losesNothingAcknowledgedWhenThePowerGoes() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (Journal journal = Journal.open(directory, CLOCK, files, 900)) {
            for (int i = 0; i < 12; i++) {
                append(journal, "job-" + i);
                acknowledged.add("job-" + i);
            }
            files.cutPower();
        }
        try (Journal journal = open()) {
            assertThat(jobs(journal)).isEqualTo(acknowledged);
        }
    }

    @Test
    void cutsOffATornTailAtEveryByte() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
        }
        Path file = Segment.name(directory, 1);
        long whole = Files.size(file);
        try (Journal journal = open()) {
            append(journal, "b");
        }
        byte[] content = Files.readAllBytes(file);
        for (int length = (int) whole; length < content.length; length++) {
            Files.write(file, Arrays.copyOf(content, length));
            try (Journal journal = open()) {
                assertThat(jobs(journal)).containsExactly("a");
                append(journal, "c");
            }
            try (Journal journal = open()) {
                assertThat(jobs(journal)).containsExactly("a", "c");
            }
        }
    }

    @Test
    void cutsOffATailOfZerosThatTheFileSystemLeft() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
        }
        Files.write(Segment.name(directory, 1), new byte[4096], StandardOpenOption.APPEND);
        try (Journal journal = open()) {
            assertThat(jobs(journal)).containsExactly("a");
        }
    }

    @Test
    void refusesEveryFlippedBitThatSomethingFollows() throws Exception {
        Path file = Segment.name(directory, 1);
        long followed;
        try (Journal journal = open()) {
            append(journal, "a");
            append(journal, "b");
            followed = Files.size(file);
            append(journal, "c");
        }
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i < followed; i++) {
            Files.write(file, flipped(content, i));
            assertDamaged("journal file");
        }
        Files.write(file, content);
        open().close();
    }

    @Test
    void cutsOffALastEntryThatIsNotWhatWasWrittenAndKeepsTheBytes() throws Exception {
        Path file = Segment.name(directory, 1);
        long whole;
        try (Journal journal = open()) {
            append(journal, "a");
            whole = Files.size(file);
            append(journal, "b");
        }
        byte[] content = Files.readAllBytes(file);
        for (int i = (int) whole; i < content.length; i++) {
            byte[] flipped = flipped(content, i);
            Files.write(file, flipped);
            try (Journal journal = open()) {
                assertThat(jobs(journal)).containsExactly("a");
                append(journal, "c");
                assertThat(jobs(journal)).containsExactly("a", "c");
            }
            assertThat(directory.resolve("garbage-behind-1.bin"))
                    .hasBinaryContent(Arrays.copyOfRange(flipped, (int) whole, flipped.length));
        }
    }

    private static byte[] flipped(byte[] content, int at) {
        byte[] flipped = content.clone();
        flipped[at] ^= (byte) (1 << (at % 8));
        return flipped;
    }

    @Test
    void refusesAnEntryTakenOut() throws Exception {
        long[] ends = new long[4];
        try (Journal journal = open()) {
            for (int i = 0; i < 4; i++) {
                append(journal, "job-" + i);
                ends[i] = Files.size(Segment.name(directory, 1));
            }
        }
        Path file = Segment.name(directory, 1);
        byte[] content = Files.readAllBytes(file);
        byte[] without = new byte[content.length - (int) (ends[2] - ends[1])];
        System.arraycopy(content, 0, without, 0, (int) ends[1]);
        System.arraycopy(content, (int) ends[2], without, (int) ends[1], content.length - (int) ends[2]);
        Files.write(file, without);
        assertDamaged("does not follow");
    }

    @Test
    void beginsTheSegmentAnewWhenItsHeaderWasTorn() throws Exception {
        try (Journal journal = Journal.open(directory, CLOCK, files, 100)) {
            append(journal, "a");
        }
        Files.write(Segment.name(directory, 2), new byte[30]);
        try (Journal journal = Journal.open(directory, CLOCK, files, 100)) {
            append(journal, "b");
            assertThat(jobs(journal)).containsExactly("a", "b");
        }
    }

    @Test
    void syncsOnceForAllThatWroteMeanwhile() throws Exception {
        int writers = 16;
        CountDownLatch firstSync = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try (Journal journal = open()) {
            int before = files.syncs();
            files.beforeSync(() -> {
                firstSync.countDown();
                awaitQuietly(release);
            });
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String job = "job-" + i;
                writes.add(threads.submit(() -> {
                    append(journal, job);
                    return null;
                }));
            }
            assertThat(firstSync.await(30, TimeUnit.SECONDS))
                    .as("somebody syncs")
                    .isTrue();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (journal.lastSequence() < writers && System.nanoTime() < deadline) {
                Thread.yield();
            }
            release.countDown();
            for (Future<?> write : writes) {
                write.get();
            }
            assertThat(files.syncs() - before).isLessThanOrEqualTo(3);
            assertThat(jobs(journal)).hasSize(writers);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Journal open() throws IOException {
        return Journal.open(directory, CLOCK, files, Journal.SEGMENT_BYTES);
    }

    private void assertDamaged(String message) {
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> open().close())
                .withMessageContaining(message);
    }
}
