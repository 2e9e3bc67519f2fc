package io.strandline.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines reach what lies under the files roots and nothing else, and refusals show no path of the host. */
class FilesRootsTests {

    @TempDir
    private Path directory;

    private Path first;
    private Path second;
    private FilesRoots roots;

    @BeforeEach
    void makeRoots() throws IOException {
        first = Files.createDirectories(directory.resolve("first"));
        second = Files.createDirectories(directory.resolve("second"));
        Files.writeString(directory.resolve("secret.txt"), "secret");
        roots = new FilesRoots(List.of(first, second), directory.resolve("bundled"));
    }

    @Test
    void aSourceFindsItsFileInTheFirstRootThatHasIt() throws IOException {
        Files.writeString(second.resolve("data.csv"), "a");
        assertThat(roots.existing("data.csv")).isEqualTo(second.resolve("data.csv"));

        Files.writeString(first.resolve("data.csv"), "a");
        assertThat(roots.existing("data.csv")).isEqualTo(first.resolve("data.csv"));
    }

    @Test
    void rootsMayBeRelativeToTheWorkingDirectory() throws IOException {
        Files.writeString(first.resolve("data.csv"), "a");
        Path relative = Path.of("").toAbsolutePath().relativize(first.toAbsolutePath());

        FilesRoots same = new FilesRoots(List.of(relative.resolve("../first")), directory.resolve("bundled"));

        assertThat(same.existing("data.csv")).isEqualTo(first.resolve("data.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "sub/../../secret.txt", "/etc/passwd"})
    void pathsThatLeadOutAreRefused(String path) {
        refused(() -> roots.existing(path), "lies outside the files roots");
        refused(() -> roots.directory(path), "lies outside the files roots");
    }

    @Test
    void linksThatLeadOutAreRefused() throws IOException {
        Files.createSymbolicLink(first.resolve("link.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(first.resolve("outside"), directory);
        Files.createSymbolicLink(first.resolve("nowhere"), directory.resolve("not-there"));

        refused(() -> roots.existing("link.txt"), "leads out of the files roots");
        refused(() -> roots.existing("outside/secret.txt"), "leads out of the files roots");
        refused(() -> roots.directory("outside/new"), "leads out of the files roots");
        refused(() -> roots.directory("nowhere"), "leads out of the files roots");
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(directory.resolve("not-there")).doesNotExist();
    }

    @Test
    void linksThatStayInsideAreFollowed() throws IOException {
        Files.writeString(first.resolve("data.csv"), "a");
        Files.createSymbolicLink(first.resolve("newest.csv"), first.resolve("data.csv"));

        assertThat(roots.existing("newest.csv")).hasContent("a");
    }

    @Test
    void aSourceReadsRegularFilesAndASinkWritesToDirectories() throws IOException {
        Files.createDirectories(first.resolve("folder"));
        Files.writeString(first.resolve("file"), "a");

        refused(() -> roots.existing("folder"), "not a regular file");
        refused(() -> roots.existing("missing.csv"), "no such file");
        refused(() -> roots.directory("file"), "is a file");
        refused(() -> roots.directory("file/below"), "is a file");
    }

    @Test
    void aSinksDirectoryIsMadeUnderTheFirstRootWhenItIsNeeded() throws IOException {
        roots.checkDirectory("a/b");
        assertThat(first.resolve("a")).doesNotExist();

        assertThat(roots.directory("a/b")).isEqualTo(first.resolve("a/b")).isDirectory();
    }

    @Test
    void bundledDataIsUnpackedOnce() throws IOException {
        Path flights = roots.existing("demo:flights.ndjson");

        assertThat(flights).isRegularFile().startsWith(directory.resolve("bundled"));
        assertThat(roots.existing("demo:flights.ndjson")).isEqualTo(flights);
        refused(() -> roots.existing("demo:../secret.txt"), "not a bundled file's name");
        refused(() -> roots.existing("demo:other.csv"), "no such bundled file");
    }

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable use, String why) {
        assertThatThrownBy(use)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining(directory.toString());
    }
}
