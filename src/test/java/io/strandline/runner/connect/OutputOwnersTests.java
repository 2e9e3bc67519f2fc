package io.strandline.runner.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.OutputPlaces;
import io.strandline.snapshot.LineSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No start takes back output of another job, and what is a job's own stays its own. */
class OutputOwnersTests {

    private static final String DOCUMENT = """
            {"name": "one", "sources": [{"name": "s", "type": "sequence", "partitions": 1, "keys": 1, "seed": 1}],
             "sinks": [{"name": "out", "type": "file", "input": "s", "path": "out", "format": "json"}]}""";

    private static final OutputPlaces PLACES = new OutputPlaces(List.of(DOCUMENT), Set.of());

    @TempDir
    private Path directory;

    private FilesRoots roots;
    private OutputOwners owners;

    @BeforeEach
    void open() {
        roots = new FilesRoots(List.of(directory), directory.resolve("bundled"));
        owners = new OutputOwners(roots, new DiskPartFiles());
    }

    @Test
    void theFirstJobHasADirectoryAcrossStartsAndBranchesAndProcesses() throws IOException {
        assertThat(owners.objection("out", start("one", "main"))).isEmpty();
        assertThat(directory.resolve("out")).as("looking makes nothing").doesNotExist();
        owners.claim("out", start("one", "main"));
        part("out/part-main-1-0-0.json");
        part("out/.part-main-2-0-0.json");

        OutputOwners afterRestart = new OutputOwners(roots, new DiskPartFiles());

        assertThat(afterRestart.objection("out", start("one", "main"))).isEmpty();
        afterRestart.claim("out", start("one", "fork"));
        assertThat(afterRestart.of("job-one", "out")).contains(directory.resolve("out"));
        assertThat(afterRestart.objection("out", start("two", "main")).orElseThrow())
                .contains("'out'")
                .contains("job one (job-one)")
                .contains("another path")
                .contains("purge");
        assertThatThrownBy(() -> afterRestart.claim("out", start("two", "main", new LineSegment("main", 1, 9))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("job-one");
        assertThat(directory.resolve("out/.part-main-2-0-0.json")).exists();
    }

    @Test
    void onceAPurgedJobHasLetGoTheNextMayHaveItsDirectory() throws IOException {
        EmbeddedOutputs outputs = outputs();
        owners.claim("out", start("one", "main"));
        part("out/part-main-1-0-0.json");
        part("out/.withdrawn/part-main-2-0-0.json");

        outputs.release("job-two", PLACES, (branch, number) -> true);
        outputs.forget("job-two", PLACES);
        assertThat(directory.resolve("out/.withdrawn/part-main-2-0-0.json"))
                .as("not the other job's")
                .exists();
        assertThat(owners.objection("out", start("two", "main"))).isPresent();

        assertThat(outputs.release("job-one", PLACES, (branch, number) -> true)).isEqualTo(1);
        outputs.forget("job-one", PLACES);

        owners.claim("out", start("two", "main"));
        assertThat(owners.objection("out", start("one", "main"))).isPresent();
    }

    @Test
    void aDirectoryThatNobodyOwnsIsTakenOverByAStartThatHasAllItsVisibleParts() throws IOException {
        part("out/part-main-1-0-0.json");
        part("out/part-main-3-0-0.json");
        part("out/part-fork-9-0-0.json");
        part("out/.part-main-4-0-0.json");

        assertThat(owners.objection("out", start("one", "main"))).isPresent();
        assertThat(owners.objection("out", start("one", "main", new LineSegment("main", 1, 2)))
                        .orElseThrow())
                .contains("part-main-3-0-0.json")
                .contains("another path");
        owners.claim("out", start("one", "main", new LineSegment("main", 1, 3)));

        assertThat(owners.objection("out", start("one", "main"))).isEmpty();
    }

    @Test
    void aFreshStartTakesOverNoPartOfAnyKind() throws IOException {
        part("staged/.part-main-1-0-0.json");
        part("withdrawn/.withdrawn/part-main-1-0-0.json");
        part("other/readme.txt");

        assertThat(owners.objection("staged", start("one", "main"))).isPresent();
        assertThat(owners.objection("withdrawn", start("one", "main"))).isPresent();
        assertThat(owners.objection("other", start("one", "main"))).isEmpty();
    }

    @Test
    void aMarkThatCannotBeReadIsNobodysToTake() throws IOException {
        part("out/.owner");

        assertThat(owners.objection("out", start("one", "main"))).isPresent();
    }

    private EmbeddedOutputs outputs() {
        return new EmbeddedOutputs(
                new ConnectorResources(
                        roots,
                        owners,
                        new Inboxes(directory.resolve("inbox"), InstantSource.system()),
                        new Outbox(directory.resolve("outbox"), new DiskPartFiles()),
                        new Databases(Map.of())),
                new Pipelines());
    }

    private void part(String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    private static InstanceSpec start(String job, String branch, LineSegment... line) {
        return new InstanceSpec(
                "instance",
                new BranchRef("job-" + job, branch),
                job,
                1,
                "{}",
                1,
                null,
                null,
                null,
                List.of(line),
                Map.of());
    }
}
