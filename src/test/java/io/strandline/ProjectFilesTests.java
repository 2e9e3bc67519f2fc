package io.strandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks what no compiler looks at: the container's recipe and the files a reader expects at the top. */
class ProjectFilesTests {

    @Test
    void everythingTheContainerCopiesExists() throws IOException {
        List<String> copies = dockerfile().stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .toList();

        assertThat(copies).isNotEmpty().allSatisfy(line -> {
            String[] words = line.split(" +");
            assertThat(Arrays.copyOfRange(words, 1, words.length - 1))
                    .allSatisfy(source -> assertThat(Path.of(source)).exists());
        });
    }

    @Test
    void whatTheContainerCopiesIsNotIgnored() throws IOException {
        List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
        Stream<String> sources = dockerfile().stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .flatMap(line -> {
                    String[] words = line.split(" +");
                    return Arrays.stream(words, 1, words.length - 1);
                });

        assertThat(sources).allSatisfy(source -> assertThat(ignored).contains("!" + source));
    }

    @Test
    void theContainerRunsAsAUserOfItsOwnAndChecksItsHealth() throws IOException {
        List<String> lines = dockerfile();
        int lastStage = lines.lastIndexOf(lines.stream()
                .filter(line -> line.startsWith("FROM "))
                .reduce((first, second) -> second)
                .orElseThrow());
        List<String> runtime = lines.subList(lastStage, lines.size());

        assertThat(runtime).anyMatch(line -> line.startsWith("USER ") && !line.contains("root"));
        assertThat(runtime).anyMatch(line -> line.startsWith("HEALTHCHECK "));
        assertThat(runtime).anyMatch(line -> line.startsWith("VOLUME /data"));
        assertThat(runtime).anyMatch(line -> line.startsWith("ENTRYPOINT ["));
        assertThat(runtime).noneMatch(line -> line.contains("ALLOW_UNAUTHENTICATED=true") && !line.startsWith("#"));
    }

    @Test
    void theSampleUnitRunsTheServerWithLittle() throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/samples/strandline.service")))
                .contains(
                        "User=strandline",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict",
                        "CapabilityBoundingSet=",
                        "UMask=0077")
                .anyMatch(line -> line.contains("--strandline.security.authentication=API_KEY"));
    }

    @Test
    void scriptsCanBeRun() {
        assertThat(List.of("mvnw", ".ci/run"))
                .allSatisfy(script -> assertThat(Path.of(script)).isExecutable());
    }

    private static List<String> dockerfile() throws IOException {
        return Files.readAllLines(Path.of("Dockerfile"));
    }
}
