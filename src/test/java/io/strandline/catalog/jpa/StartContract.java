package io.strandline.catalog.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger.Commit;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.journal.DataDirectoryException;
import io.strandline.catalog.journal.DataDirectoryException.Kind;
import io.strandline.catalog.jpa.CatalogHarness.Candidate;
import io.strandline.catalog.ledger.Reconciliation;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start refuses, closes and marks, on any database. */
abstract class StartContract {

    @TempDir
    Path temp;

    CatalogHarness server;

    abstract Database database();

    /** A second database, for a catalog that is rebuilt or old. */
    abstract Database another();

    @BeforeEach
    void start() throws IOException {
        database().empty();
        another().empty();
        server = CatalogHarness.start(data(), database());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void refusesTheCatalogOfAnotherDirectory() throws IOException {
        server.job("flights");
        server.close();
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> CatalogHarness.start(temp.resolve("other"), database()))
                .withMessageContaining("belongs to the data directory")
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.MISMATCH));
        server = CatalogHarness.start(data(), database());
    }

    @Test
    void refusesATruncatedJournal() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        server.close();
        Path segment = data().resolve("journal/segment-00000001.log");
        byte[] whole = Files.readAllBytes(segment);
        try (RandomAccessFile cut = new RandomAccessFile(segment.toFile(), "rw")) {
            cut.setLength(whole.length - 1);
        }
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> CatalogHarness.start(data(), database()))
                .withMessageContaining("truncated");
        Files.write(segment, whole);
        server = CatalogHarness.start(data(), database());
    }

    @Test
    void refusesAStoreThatTheJournalKnowsNothingOf() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        server.snapshot("flights", "a");
        server.close();
        Path journal = data().resolve("journal");
        Path aside = temp.resolve("aside");
        Files.move(journal, aside);
        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> CatalogHarness.start(data(), another()))
                .withMessageContaining("which the journal knows nothing of");
        deleteTree(journal);
        Files.move(aside, journal);
        server = CatalogHarness.start(data(), database());
        assertThat(server.stores.durable().manifests()).hasSize(1);
    }

    @Test
    void startsOnACopyThatWasMadeWhileTheServerRan() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId before = server.snapshot("flights", "a");
        Path copy = temp.resolve("copy");
        Files.createDirectories(copy);
        Files.createFile(copy.resolve("COPIED"));
        Files.copy(data().resolve("FORMAT"), copy.resolve("FORMAT"));
        copyTree(data().resolve("journal"), copy.resolve("journal"));
        for (int later = 0; later < 12; later++) {
            server.snapshot("flights", "later-" + later);
        }
        copyTree(data().resolve("store"), copy.resolve("store"));

        try (CatalogHarness restored = CatalogHarness.start(copy, another())) {
            assertThat(restored.catalog.snapshots(
                            new SnapshotQuery("flights", null, Set.of(), Set.of(), Map.of(), null, null, null, 100)))
                    .as("the versions that the journal had when it was copied")
                    .extracting(Snapshot::id, Snapshot::condition)
                    .containsExactly(tuple(before, Condition.OK));
            assertThat(restored.stores.durable().manifests()).hasSize(1);
        }
        another().empty();
        for (int later = 0; later < 12; later++) {
            server.snapshot("flights", "more-" + later);
        }
        deleteTree(copy.resolve("store"));
        copyTree(data().resolve("store"), copy.resolve("store"));
        assertThatExceptionOfType(DataDirectoryException.class)
                .as("what was copied so was started on already")
                .isThrownBy(() -> CatalogHarness.start(copy, another()))
                .withMessageContaining("which the journal knows nothing of");
    }

    @Test
    void closesWhatAnEarlierProcessLeftOpen() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId id = server.snapshot("flights", "a");
        server.change(
                "flights",
                new HoldPlaced(systemHold("h1", id, "instance:flights-1")),
                new HoldPlaced(systemHold("h2", id, "operation:o1")),
                new HoldPlaced(systemHold("h3", id, "branch:main")));
        Candidate crashed = server.candidate("flights", id, 1, List.of(), "b");
        new Manifests(server.stores.durable()).write(crashed.manifest());
        Staging staging = server.stores.durable().openStaging("1-99");
        staging.close();
        server.kill();
        server = CatalogHarness.start(data(), database());
        assertThat(server.history.openInstances()).isEmpty();
        assertThat(server.history
                        .newestInstance("flights", Branch.MAIN)
                        .orElseThrow()
                        .endedBecause())
                .isEqualTo(Reconciliation.PROCESS_ENDED);
        assertThat(server.catalog.holdsOf(id)).extracting(Hold::id).containsExactlyInAnyOrder("h2", "h3");
        assertThat(server.stores.durable().manifests()).hasSize(1);
        assertThat(server.stores.durable().leftoverStagings()).isEmpty();
        assertThat(server.catalog.snapshot(crashed.completed().id())).isEmpty();
        long entries = server.journal.lastSequence();
        restart(database());
        assertThat(server.journal.lastSequence())
                .as("doing it again changes nothing")
                .isEqualTo(entries);
    }

    @Test
    void marksVersionsThatAreGoneAndThoseThatCameBack() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId id = server.snapshot("flights", "a");
        Path manifest = data().resolve("store/manifests/flights/1.json");
        byte[] content = Files.readAllBytes(manifest);
        Files.delete(manifest);
        restart(database());
        assertThat(condition(id)).isEqualTo(Condition.LOST);
        restart(another());
        assertThat(condition(id)).isEqualTo(Condition.LOST);
        assertThat(server.housekeeping.files(id))
                .as("a rebuild cannot know them")
                .isEmpty();
        Files.write(manifest, content);
        restart(another());
        assertThat(condition(id)).isEqualTo(Condition.OK);
        assertThat(server.housekeeping.files(id)).hasSize(1);
        content[content.length / 2] ^= 1;
        Files.write(manifest, content);
        another().empty();
        restart(another());
        assertThat(condition(id)).isEqualTo(Condition.DAMAGED);
    }

    @Test
    void startsAlthoughSomethingInStagingCannotBeSwept() throws IOException {
        server.job("flights");
        Path staging = data().resolve("store/staging");
        Files.write(staging.resolve("lost.txt"), new byte[3]);
        Files.createDirectories(staging.resolve(".hidden"));
        Files.createDirectories(staging.resolve("1-1/folder/in-it"));
        restart(database());
        assertThat(server.catalog.jobNamed("flights")).isPresent();
        assertThat(staging.resolve("lost.txt")).as("what is not known stays").exists();
    }

    @Test
    void losesVersionsThatLivedInMemory() throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate durable = server.candidate("flights", null, epoch, List.of(), "a");
        Candidate inMemory = inMemory(durable);
        assertThat(server.ledger.commit(
                        new Commit(
                                inMemory.completed(),
                                inMemory.manifest(),
                                CatalogHarness.writing(new Manifests(server.stores.memory()), inMemory.manifest()),
                                null),
                        CatalogHarness.ADA))
                .isInstanceOf(CommitResult.Committed.class);
        SnapshotId id = inMemory.completed().id();
        assertThat(server.housekeeping.files(id)).hasSize(1);
        restart(database());
        assertThat(condition(id)).isEqualTo(Condition.LOST);
        assertThat(server.housekeeping.named(CatalogHarness.digest("a"))).isFalse();
        Map<String, List<String>> before = database().dump();
        restart(another());
        assertSame(another().dump(), before);
    }

    @Test
    void keepsTheManifestOfAPurgedVersionForTheCollector() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId id = server.snapshot("flights", "a");
        server.change("flights", new SnapshotPurged(id, server.clock.instant()));
        restart(database());
        assertThat(server.stores.durable().manifests()).hasSize(1);
        restart(another());
        assertThat(server.stores.durable().manifests()).hasSize(1);
        assertThat(server.housekeeping.named(CatalogHarness.digest("a"))).isFalse();
    }

    @Test
    void keepsTagsAndNumbersOverARebuild() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId id = server.snapshot("flights", "a");
        server.change(
                "flights",
                new TagCreated(new Tag("flights", "good", id, 1, null, "ada", server.clock.instant(), null)));
        long last = server.ledger.reserveNumber("flights");
        restart(another());
        assertThat(server.catalog.tag("flights", "good").orElseThrow().snapshot())
                .isEqualTo(id);
        assertThat(server.ledger.reserveNumber("flights")).isGreaterThan(last);
        assertThat(server.startInstance("flights")).isEqualTo(2);
    }

    Path data() {
        return temp.resolve("data");
    }

    void restart(Database database) throws IOException {
        server.close();
        server = CatalogHarness.start(data(), database);
    }

    static void assertSame(Map<String, List<String>> tables, Map<String, List<String>> expected) {
        expected.forEach((table, rows) -> {
            List<String> missing = new ArrayList<>(rows);
            List<String> unwanted = new ArrayList<>(tables.getOrDefault(table, List.of()));
            missing.removeAll(unwanted);
            unwanted.removeAll(rows);
            assertThat(missing)
                    .as("missing in %s, where there is %s", table, unwanted)
                    .isEmpty();
            assertThat(unwanted).as("unwanted in %s", table).isEmpty();
        });
    }

    Desired desired() {
        return server.catalog.branch("flights", Branch.MAIN).orElseThrow().desired();
    }

    Condition condition(SnapshotId id) {
        return server.catalog.snapshot(id).map(Snapshot::condition).orElseThrow();
    }

    Hold systemHold(String id, SnapshotId version, String owner) {
        return new Hold(
                id, "flights", version, Hold.Kind.SYSTEM, "in use", "system", owner, server.clock.instant(), null);
    }

    static Candidate inMemory(Candidate candidate) {
        SnapshotCompleted all = candidate.completed();
        return new Candidate(
                new SnapshotCompleted(
                        all.id(),
                        all.jobId(),
                        all.branch(),
                        all.number(),
                        all.kind(),
                        all.mode(),
                        all.parent(),
                        all.base(),
                        all.revertsTo(),
                        all.epoch(),
                        all.pipelineVersion(),
                        "memory",
                        all.parallelism(),
                        all.startedAt(),
                        all.completedAt(),
                        all.totalBytes(),
                        all.newBytes(),
                        all.manifestDigest(),
                        false,
                        all.labels(),
                        all.description(),
                        all.line(),
                        null,
                        null),
                candidate.manifest());
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(StrandlineException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
