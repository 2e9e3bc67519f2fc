package io.strandline.catalog.journal;

import static io.strandline.catalog.journal.JournaledJobs.append;
import static io.strandline.catalog.journal.JournaledJobs.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.journal.JournalException.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal does when its disk fails or is full. */
class JournalFailureTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00.123456Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final RecordingFiles files = new RecordingFiles();

    @Test
    void isReadOnlyAfterAFailedSyncAndNeverSyncsAgain() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
            files.failNextSync(new IOException("I/O error"));
            assertFails(journal, Outcome.UNKNOWN);
            int syncs = files.syncs();
            assertFails(journal, Outcome.READ_ONLY);
            assertThat(files.syncs()).isEqualTo(syncs);
            assertThat(journal.readOnly())
                    .hasValueSatisfying(why -> assertThat(why).contains("I/O error"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isReadOnlyWhenANewSegmentCannotBeMadeDurable(boolean directoryFails) throws Exception {
        try (Journal journal = Journal.open(directory, CLOCK, files, 100)) {
            append(journal, "a");
            if (directoryFails) {
                files.failNextDirectorySync(new IOException("I/O error"));
            } else {
                int sealing = files.syncs() + 1;
                files.beforeSync(() -> {
                    if (files.syncs() == sealing) {
                        files.failNextSync(new IOException("I/O error"));
                    }
                });
            }
            assertFails(journal, Outcome.NOT_WRITTEN);
            int syncs = files.syncs();
            assertFails(journal, Outcome.READ_ONLY);
            assertThat(files.syncs()).isEqualTo(syncs);
        }
        files.beforeSync(() -> {});
        try (Journal journal = Journal.open(directory, CLOCK, files, 100)) {
            append(journal, "b");
            assertThat(jobs(journal)).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesAnEntryAgainWhereRoomCanBeMadeForIt(boolean roomCanBeMade) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Journal journal = Journal.open(directory, CLOCK, files, Journal.SEGMENT_BYTES, () -> {
            asked.incrementAndGet();
            return roomCanBeMade;
        })) {
            append(journal, "a");
            files.failNextWrite(new IOException("I/O error"));
            assertThatExceptionOfType(JournalException.class).isThrownBy(() -> append(journal, "b"));
            assertThat(asked).as("another failure").hasValue(0);
            files.failNextWrite(new IOException("No space left on device"));
            if (roomCanBeMade) {
                append(journal, "c");
            } else {
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(() -> append(journal, "c"))
                        .satisfies(refusal -> assertThat(refusal.outcome()).isEqualTo(Outcome.FULL));
            }
            append(journal, "d");
        }
        assertThat(asked).hasValue(1);
        try (Journal journal = open()) {
            assertThat(jobs(journal)).isEqualTo(roomCanBeMade ? List.of("a", "c", "d") : List.of("a", "d"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beginsANewSegmentWhereRoomCanBeMadeForIt(boolean roomCanBeMade) throws Exception {
        try (Journal journal = Journal.open(directory, CLOCK, files, 100, () -> roomCanBeMade)) {
            append(journal, "a");
            files.failNextWrite(new IOException("No space left on device"));
            if (roomCanBeMade) {
                append(journal, "b");
            } else {
                assertFails(journal, Outcome.FULL);
                assertThat(Segment.name(directory, 2)).doesNotExist();
                append(journal, "b");
            }
        }
        try (Journal journal = Journal.open(directory, CLOCK, files, 100)) {
            assertThat(jobs(journal)).containsExactly("a", "b");
        }
    }

    @Test
    void goesOnWhenAFullDiskHasRoomAgain() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
            files.failNextWrite(new IOException("No space left on device"));
            assertFails(journal, Outcome.FULL);
            append(journal, "b");
        }
        try (Journal journal = open()) {
            assertThat(jobs(journal)).containsExactly("a", "b");
        }
    }

    @Test
    void isReadOnlyWhenHalfAnEntryCannotBeTakenBack() throws Exception {
        try (Journal journal = open()) {
            append(journal, "a");
            files.failNextWrite(new IOException("I/O error"));
            files.failNextTruncate(new IOException("I/O error"));
            assertFails(journal, Outcome.NOT_WRITTEN);
            assertFails(journal, Outcome.READ_ONLY);
        }
        try (Journal journal = open()) {
            assertThat(jobs(journal)).containsExactly("a");
        }
    }

    private Journal open() throws IOException {
        return Journal.open(directory, CLOCK, files, Journal.SEGMENT_BYTES);
    }

    private static void assertFails(Journal journal, Outcome outcome) {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> append(journal, "x"))
                .satisfies(failure -> assertThat(failure.outcome()).isEqualTo(outcome));
    }
}
