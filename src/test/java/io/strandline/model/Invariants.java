package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Move;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold between the server, the oracle and the disk. */
final class Invariants {

    private static final Set<Snapshot.State> COMPLETED = Set.of(Snapshot.State.COMPLETED);

    private final Server server;
    private final Oracle oracle;
    private final Map<String, Map<Long, Long>> byDigest = new HashMap<>();
    private final Map<Map<Long, Long>, String> digests = new HashMap<>();

    Invariants(Server server, Oracle oracle) {
        this.server = server;
        this.oracle = oracle;
    }

    /** Heads are where they should be, and what a head, a tag or a hold names is COMPLETED. */
    void touched() {
        Instant now = server.now();
        for (String job : jobs()) {
            Map<String, Branch> branches = branches(job);
            Set<String> completed = completed(job);
            for (Line line : oracle.branches.values()) {
                if (line.job.equals(job)) {
                    branch(line, Objects.requireNonNull(branches.get(line.name)));
                    assertThat(line.head == null || line.trashed || completed.contains(line.head))
                            .as("I3: the head of %s is there", line)
                            .isTrue();
                }
            }
            Stream.concat(oracle.tags.values().stream(), oracle.holds.values().stream())
                    .filter(mark -> mark.job().equals(job) && mark.lives(now))
                    .forEach(mark -> assertThat(completed)
                            .as("I3: what %s names is there", mark)
                            .contains(mark.version()));
        }
    }

    private Set<String> jobs() {
        return oracle.branches.values().stream().map(line -> line.job).collect(Collectors.toSet());
    }

    private static void branch(Line line, Branch real) {
        assertThat(Objects.toString(real.head(), null))
                .as("the head of %s", line)
                .isEqualTo(line.head);
        assertThat(real.trashed() != null).as("%s in the trash", line).isEqualTo(line.trashed);
        assertThat(real.desired() == Branch.Desired.RUNNING)
                .as("whether %s is to run", line)
                .isEqualTo(line.run != null);
    }

    private Map<String, Branch> branches(String job) {
        return Stream.concat(
                        server.parts.catalog.branches(job).stream(), server.parts.catalog.trashedBranches(job).stream())
                .collect(Collectors.toMap(Branch::name, branch -> branch));
    }

    /** The versions that are there and of which nothing is known to be damaged. */
    private Set<String> completed(String job) {
        SnapshotQuery query = new SnapshotQuery(job, null, Set.of(), COMPLETED, Map.of(), null, null, null, 1_000);
        return server.parts.catalog.snapshots(query).stream()
                .filter(version -> version.condition() == Snapshot.Condition.OK)
                .map(version -> version.id().toString())
                .collect(Collectors.toSet());
    }

    /** Everything. */
    void all() throws IOException {
        touched();
        for (Version version : oracle.versions.values()) {
            version(version);
        }
        refs();
        oracle.branches.values().forEach(this::reflog);
        assertThat(liveFiles()).as("I1: files on disk").containsAll(oracle.files());
    }

    private void version(Version version) throws IOException {
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
        Set<String> expected = version.stage == Stage.PURGED ? Set.of() : version.files;
        assertThat(rows).as("I2: file rows of %s", version).isEqualTo(expected);
        if (version.stage != Stage.PURGED) {
            content(version, real);
        }
    }

    /** I5: what is stored is what the state was at the barrier, and its digest says which content it is. */
    private void content(Version version, Snapshot real) throws IOException {
        List<OperatorContent> stored = server.stored.manifest(real).content().operators();
        SnapshotStore store = server.parts.stores.durable();
        assertThat(ModelState.read(stored, store)).as("I5: %s", version).isEqualTo(version.state);
        String digest = ModelState.digest(stored, store).hex();
        String before = digests.putIfAbsent(version.state, digest);
        assertThat(digest).as("I5: the digest of %s", version).isEqualTo(Objects.requireNonNullElse(before, digest));
        Map<Long, Long> other = byDigest.putIfAbsent(digest, version.state);
        assertThat(version.state)
                .as("I5: two contents of one digest")
                .isEqualTo(Objects.requireNonNullElse(other, version.state));
    }

    private void refs() {
        Instant now = server.now();
        Set<String> tags = jobs().stream()
                .flatMap(job -> server.parts.catalog.tags(job).stream())
                .map(Invariants::told)
                .collect(Collectors.toSet());
        Set<String> expected = oracle.tags.values().stream()
                .filter(mark -> mark.lives(now))
                .map(mark -> mark.job() + "/" + mark.name() + "=" + mark.version())
                .collect(Collectors.toSet());
        assertThat(tags).as("tags").isEqualTo(expected);
        List<String> holds = jobs().stream()
                .flatMap(job -> server.parts.catalog.holds(job).stream())
                .map(Invariants::told)
                .toList();
        assertThat(holds)
                .as("holds")
                .containsExactlyInAnyOrderElementsOf(oracle.holds.values().stream()
                        .filter(mark -> mark.lives(now))
                        .map(mark -> mark.name() + " of " + mark.owner() + " on " + mark.version())
                        .toList());
    }

    private static String told(Tag tag) {
        return tag.jobId() + "/" + tag.name() + "=" + tag.snapshot();
    }

    private static String told(Hold hold) {
        return hold.id() + " of " + hold.owner() + " on " + hold.snapshot();
    }

    /** I4: the reflog tells of each move of the head that there was, and of no other. */
    private void reflog(Line line) {
        List<Move> told = new ArrayList<>();
        for (HeadEntry move : server.parts.history.reflog(line.job, line.name, null, 1_000)) {
            String from = Objects.toString(move.from(), null);
            told.add(0, new Move(move.verb(), from, Objects.toString(move.to(), null)));
        }
        assertThat(told).as("I4: moves of %s", line).isEqualTo(line.moves);
    }

    /** I10: once everything was collected nothing lies on disk that no version names, and no file is not what its name says. */
    void nothingTooMuch() throws IOException {
        touched();
        assertThat(liveFiles()).as("I10").isEqualTo(oracle.files());
        for (String file : oracle.files()) {
            assertThat(Digest.ofBytes(Files.readAllBytes(server.blobs().resolve(file)))
                            .hex())
                    .as("I1")
                    .isEqualTo(file);
        }
    }

    private Set<String> liveFiles() throws IOException {
        try (Stream<Path> files = Files.list(server.blobs())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
