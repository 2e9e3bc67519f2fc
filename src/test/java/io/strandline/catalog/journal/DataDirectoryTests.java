package io.strandline.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.journal.DataDirectoryException.Kind;
import io.strandline.storage.disk.Aftermath;
import io.strandline.storage.disk.DurableFrontier;
import io.strandline.storage.disk.FailingDisk;
import io.strandline.storage.disk.SimulatedCrash;
import io.strandline.storage.disk.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    @TempDir
    Path temp;

    @Test
    void keepsItsIdOverRestarts() throws IOException {
        Path root = temp.resolve("data");
        String first;
        try (DataDirectory directory = DataDirectory.open(root, "one")) {
            first = directory.id();
            assertThat(directory.journal()).isDirectory();
            assertThat(root.resolve("server.pid"))
                    .hasContent(ProcessHandle.current().pid() + "\n");
        }
        assertThat(root.resolve("server.pid")).doesNotExist();
        try (DataDirectory directory = DataDirectory.open(root, "two")) {
            assertThat(directory.id()).isEqualTo(first);
        }
    }

    @Test
    void refusesASecondServerWithTheHoldersName() throws IOException {
        try (DataDirectory ignored = DataDirectory.open(temp, "pid 4711 on 127.0.0.1:8080")) {
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> DataDirectory.open(temp, "the second"))
                    .withMessageContaining("pid 4711 on 127.0.0.1:8080")
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.IN_USE));
        }
        DataDirectory.open(temp, "the third").close();
    }

    @Test
    void emptiesTheWorkDirectoryAtStart() throws IOException {
        DataDirectory.open(temp, "one").close();
        Files.createDirectories(temp.resolve("work/instance/db"));
        Files.writeString(temp.resolve("work/instance/db/file"), "left over");
        try (DataDirectory directory = DataDirectory.open(temp, "two")) {
            assertThat(directory.work()).isEmptyDirectory();
        }
    }

    @Test
    void refusesADirectoryThatHoldsSomethingElse() throws IOException {
        Files.writeString(temp.resolve("thesis.tex"), "precious");
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> DataDirectory.open(temp, "one"))
                .withMessageContaining("thesis.tex")
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.FOREIGN));
    }

    @Test
    void refusesANewerFormat() throws IOException {
        DataDirectory.open(temp, "one").close();
        Files.writeString(temp.resolve("FORMAT"), "format=2\ndirectory=x\n");
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> DataDirectory.open(temp, "two"))
                .withMessageContaining("format '2'");
    }

    @Test
    void isWholeOrBegunAnewWhereverItsFirstStartIsCutOff() throws IOException {
        int cuts = 0;
        for (boolean cut = true; cut; cuts++) {
            for (Aftermath aftermath :
                    List.of(Aftermath.allLost(), Aftermath.onlyNamesKept(), Aftermath.random(cuts))) {
                cut = survives(cuts, aftermath);
            }
        }
        assertThat(cuts).isGreaterThan(10);
    }

    /** Whether the power was cut before the start was over. */
    private boolean survives(int call, Aftermath aftermath) throws IOException {
        Path top = Files.createTempDirectory(temp, "before");
        DurableFrontier disk = new DurableFrontier(top, new Trouble(call, Trouble.Kind.CRASH), path -> false);
        String id = null;
        try (DataDirectory made = DataDirectory.open(top.resolve("srv/data"), "first", disk)) {
            id = made.id();
        } catch (SimulatedCrash cut) {
            assertThat(cut).isNotNull();
        }
        Path after = Files.createTempDirectory(temp, "after");
        disk.survivors(after, aftermath);
        try (DataDirectory again = DataDirectory.open(after.resolve("srv/data"), "second")) {
            if (id != null) {
                assertThat(again.id()).isEqualTo(id);
            }
        }
        return id == null;
    }

    @Test
    void saysThatItCannotBeUsedWhenTheDiskFailsAndCanBeUsedWhenItDoesNot() throws IOException {
        int calls = 0;
        for (boolean failed = true; failed; calls++) {
            int failing = calls;
            Path root = temp.resolve("failing-" + calls).resolve("data");
            FailingDisk disk = new FailingDisk((index, call, path) -> index == failing, new IOException("as wanted"));
            try (DataDirectory opened = DataDirectory.open(root, "first", disk)) {
                assertThat(disk.failed()).as("call %d was not noticed", failing).isFalse();
            } catch (DataDirectoryException refused) {
                assertThat(refused.kind()).isEqualTo(Kind.UNUSABLE);
            }
            failed = disk.failed();
            DataDirectory.open(root, "second").close();
        }
        assertThat(calls).isGreaterThan(10);
    }
}
