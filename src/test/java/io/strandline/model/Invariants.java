package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Mark;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold between the server, the oracle and the disk. */
final class Invariants {

    private final Server server;
    private final Oracle oracle;

    Invariants(Server server, Oracle oracle) {
        this.server = server;
        this.oracle = oracle;
    }

    /** Heads are where they should be, and what a head, a tag or a hold names is COMPLETED. */
    void touched() {
        for (Line line : oracle.branches.values()) {
            Branch real = branch(line);
            assertThat(Objects.toString(real.head(), null))
                    .as("the head of %s", line.name)
                    .isEqualTo(line.head);
            assertThat(real.trashed() != null).as("%s in the trash", line.name).isEqualTo(line.trashed);
            if (line.head != null && !line.trashed) {
                completed(line.head, "I3: the head of " + line.name);
            }
        }
        Instant now = server.now();
        for (Mark tag : oracle.tags.values()) {
            if (tag.lives(now)) {
                completed(tag.version(), "I3: the target of " + tag.name());
            }
        }
    }

    private Branch branch(Line line) {
        return Stream.of(
                        server.parts.catalog.branches(line.job).stream(),
                        server.parts.catalog.trashedBranches(line.job).stream())
                .flatMap(branches -> branches)
                .filter(branch -> branch.name().equals(line.name))
                .findFirst()
                .orElseThrow();
    }

    private void completed(String id, String what) {
        assertThat(oracle.versions.get(id).stage).as(what).isEqualTo(Stage.COMPLETED);
        Snapshot real = server.parts.catalog.snapshot(SnapshotId.parse(id)).orElseThrow();
        assertThat(real.state()).as(what).isEqualTo(Snapshot.State.COMPLETED);
        assertThat(real.condition()).as(what).isEqualTo(Snapshot.Condition.OK);
    }

    /** Everything; {@code open} is an attempt that may have published files. */
    void all(@Nullable Attempt open) throws IOException {
        touched();
        for (Version version : oracle.versions.values()) {
            version(version);
        }
        refs();
        oracle.branches.values().forEach(this::reflog);
        Set<String> found = liveFiles();
        assertThat(found).as("I1: files on disk").containsAll(digests(oracle.files()));
        if (open != null) {
            assertThat(found).as("I1: files of the attempt under way").containsAll(digests(open.files));
        }
    }

    private void version(Version version) {
        Snapshot real =
                server.parts.catalog.snapshot(SnapshotId.parse(version.id)).orElseThrow();
        assertThat(real.state().name()).as("%s", version).isEqualTo(version.stage.name());
        assertThat(real.number()).as("I9: %s", version).isEqualTo(version.number);
        assertThat(Objects.toString(real.parent(), null))
                .as("parent of %s", version)
                .isEqualTo(version.parent);
        Set<String> rows = server.parts.housekeeping.files(real.id()).stream()
                .map(file -> file.digest().hex())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = version.stage == Stage.PURGED ? Set.of() : digests(version.files);
        assertThat(rows).as("I2: file rows of %s", version).isEqualTo(expected);
    }

    private void refs() {
        Instant now = server.now();
        Set<String> tags = oracle.branches.values().stream()
                .map(line -> line.job)
                .distinct()
                .flatMap(job -> server.parts.catalog.tags(job).stream())
                .map(tag -> name(tag) + "=" + tag.snapshot())
                .collect(Collectors.toSet());
        Set<String> expected = oracle.tags.values().stream()
                .filter(mark -> mark.lives(now))
                .map(mark -> mark.job() + "/" + mark.name() + "=" + mark.version())
                .collect(Collectors.toSet());
        assertThat(tags).isEqualTo(expected);
        for (Mark hold : oracle.holds.values()) {
            assertThat(server.parts.catalog.hold(hold.job(), hold.name()).isPresent())
                    .as("hold %s", hold)
                    .isEqualTo(hold.lives(now));
        }
    }

    private static String name(Tag tag) {
        return tag.jobId() + "/" + tag.name();
    }

    /** I4: each move begins where the one before it ended, and the newest ends at the head. */
    private void reflog(Line line) {
        List<HeadEntry> moves = server.parts.history.reflog(line.job, line.name, null, 1_000);
        String at = line.head;
        for (HeadEntry move : moves) {
            assertThat(Objects.toString(move.to(), null)).as("I4: %s", move).isEqualTo(at);
            at = Objects.toString(move.from(), null);
        }
    }

    /** I10: once everything was collected nothing lies on disk that no version names, and no file is not what its name says. */
    void nothingTooMuch() throws IOException {
        all(null);
        assertThat(liveFiles()).as("I10").isEqualTo(digests(oracle.files()));
        for (String text : oracle.files()) {
            Path file = server.blobs().resolve(Attempt.blob(text).digest().hex());
            assertThat(Files.readString(file)).as("I1").isEqualTo(text);
        }
    }

    private Set<String> liveFiles() throws IOException {
        try (Stream<Path> files = Files.list(server.blobs())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> digests(Set<String> texts) {
        return texts.stream()
                .map(text -> Attempt.blob(text).digest().hex())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
