package io.strandline.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Cause;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.history.ChainCheck.Outcome;
import io.strandline.storage.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWalkTests {

    private static final int ENTRIES = 40;

    @TempDir
    private Path directory;

    private Journal journal;
    private String newestHash = "";

    @BeforeEach
    void write() throws IOException, JournalException {
        journal = Journal.open(directory, Clock.systemUTC(), new LocalDisk(), 2_000);
        for (int i = 0; i < ENTRIES; i++) {
            newestHash = append(i);
        }
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void findsAnIntactChainAndItsNewestHash() throws IOException {
        assertThat(Files.exists(Segment.name(directory, 3)))
                .as("more than one segment")
                .isTrue();

        assertThat(walk()).isEqualTo(new Outcome(ENTRIES, newestHash, null));
    }

    @Test
    void findsAChangedByteAndSaysBehindWhichEntry() throws IOException {
        flip(Segment.name(directory, 2), 300);

        Outcome found = walk();

        assertThat(found.intact()).isFalse();
        assertThat(found.entries()).isBetween(1L, ENTRIES - 1L);
        assertThat(found.damage()).contains("segment-00000002.log").doesNotContain(directory.toString());
    }

    @Test
    void findsASegmentThatIsGone() throws IOException {
        Files.delete(Segment.name(directory, 2));

        assertThat(walk().damage()).contains("segment-00000002.log", "missing");
    }

    @Test
    void findsASegmentThatWasCutAtAnEntry() throws IOException {
        Path last = Segment.name(directory, 1);
        while (Files.exists(Segment.name(directory, Long.parseLong(number(last)) + 1))) {
            last = Segment.name(directory, Long.parseLong(number(last)) + 1);
        }
        Files.write(last, new byte[0]);

        assertThat(walk().intact()).isFalse();
    }

    private static String number(Path segment) {
        return segment.getFileName().toString().replaceAll("\\D", "");
    }

    private String append(int i) throws JournalException {
        return journal.append(
                        new Scope.OfJob("j"),
                        Cause.system("test " + i),
                        List.of(new DesiredStateSet("j", "main", Desired.RUNNING)))
                .hash();
    }

    private Outcome walk() throws IOException {
        return new JournalWalk(directory, journal::lastSequence).check();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
