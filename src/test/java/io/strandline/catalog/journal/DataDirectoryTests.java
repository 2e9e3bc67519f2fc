package io.strandline.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.journal.DataDirectoryException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
