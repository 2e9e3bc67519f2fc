package io.strandline.catalog.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Hold;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left after failures, and what the next start makes of it, on any database. */
abstract class RecoveryContract {

    @TempDir
    Path temp;

    private CatalogHarness server;

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

    private Path data() {
        return temp.resolve("data");
    }

    private void restart(Database database) throws IOException {
        server.close();
        server = CatalogHarness.start(data(), database);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rebuildsADeletedCatalogRowByRow(long seed) throws IOException {
        new RandomHistory(seed).steps(server, 150);
        restart(database());
        Map<String, List<String>> before = database().dump();
        assertThat(before.get("snapshot")).hasSizeGreaterThan(20);
        restart(another());
        assertSame(another().dump(), before);
    }

    @Test
    void bringsAnOldCopyUpToDate() throws IOException {
        RandomHistory history = new RandomHistory(7);
        history.steps(server, 60);
        restart(another());
        restart(database());
        history.steps(server, 80);
        Map<String, List<String>> before = database().dump();
        server.kill();
        server = CatalogHarness.start(data(), another());
        Map<String, List<String>> after = another().dump();
        restart(database());
        assertSame(after, database().dump());
        assertThat(after.get("snapshot")).hasSameSizeAs(before.get("snapshot"));
    }

    @Test
    void appliesAnEntryWhoseCommitFailedBeforeTheNextChangeOfTheJob() throws IOException {
        server.job("flights");
        server.transactions.failCommits = true;
        server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
        assertThat(desired()).isEqualTo(Desired.STOPPED);
        assertThat(server.ledger.backlogSize()).isEqualTo(1);
        assertRefused(
                ErrorCode.CATALOG_UNAVAILABLE,
                () -> server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.STOPPED)));
        server.transactions.failCommits = false;
        Desired seen = server.ledger.change(new Scope.OfJob("flights"), CatalogHarness.ADA, changes -> desired());
        assertThat(seen).isEqualTo(Desired.RUNNING);
        assertThat(server.ledger.backlogSize()).isZero();
        Map<String, List<String>> before = database().dump();
        restart(another());
        assertSame(another().dump(), before);
    }

    @Test
    void appliesAnEntryWhoseCommitFailedAtTheNextStart() throws IOException {
        server.job("flights");
        server.transactions.failCommits = true;
        server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
        server.kill();
        server = CatalogHarness.start(data(), database());
        assertThat(desired()).isEqualTo(Desired.RUNNING);
    }

    @Test
    void appliesNothingTwiceWhenOnlyTheAnswerWasLost() {
        server.job("flights");
        server.transactions.loseAnswers = true;
        server.startInstance("flights");
        server.transactions.loseAnswers = false;
        assertThat(server.ledger.backlogSize()).isEqualTo(1);
        server.ledger.catchUp();
        assertThat(server.ledger.backlogSize()).isZero();
        assertThat(server.history.instances("flights", null, 10)).hasSize(1);
    }

    @Test
    void commitsVersionsWhileTheCatalogIsDown() throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        server.transactions.down = true;
        Candidate first = server.candidate("flights", null, epoch, List.of(), "a");
        assertThat(server.commit(first)).isInstanceOf(CommitResult.Committed.class);
        for (int i = 0; i < 15; i++) {
            server.ledger.reserveNumber("flights");
        }
        Candidate second = server.candidate("flights", first.completed().id(), epoch, List.of(), "b");
        assertThat(server.commit(second)).isInstanceOf(CommitResult.Committed.class);
        assertRefused(
                ErrorCode.CATALOG_UNAVAILABLE,
                () -> server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING)));
        assertThat(server.catalog.snapshot(second.completed().id())).isEmpty();
        assertThat(server.housekeeping.named(CatalogHarness.digest("b")))
                .as("garbage collection must see what the catalog has yet to learn")
                .isTrue();
        assertThat(server.housekeeping.unnamed(List.of(CatalogHarness.digest("a"), CatalogHarness.digest("x"))))
                .containsExactly(CatalogHarness.digest("x"));
        server.transactions.down = false;
        server.ledger.catchUp();
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().head())
                .isEqualTo(second.completed().id());
        assertThat(server.housekeeping.named(CatalogHarness.digest("b"))).isTrue();
    }

    @Test
    void isReadOnlyWhenTheJournalCannotBeMadeDurable() throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate candidate = server.candidate("flights", null, epoch, List.of(), "a");
        server.files.failNextSync(new IOException("I/O error"));
        assertThat(server.commit(candidate)).isInstanceOf(CommitResult.Unknown.class);
        assertRefused(
                ErrorCode.READ_ONLY,
                () -> server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING)));
        assertThat(server.commit(candidate))
                .isInstanceOfSatisfying(
                        CommitResult.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("read-only"));
        assertThat(desired()).as("reads still work").isEqualTo(Desired.STOPPED);
        server.kill();
        server = CatalogHarness.start(data(), database());
        assertThat(server.catalog.snapshot(candidate.completed().id()))
                .as("the entry was written after all")
                .isPresent();
    }

    @Test
    void doesNotCountWhatAFullDiskRefused() throws IOException {
        server.job("flights");
        server.files.failNextWrite(new IOException("No space left on device"));
        assertRefused(
                ErrorCode.STORAGE_FULL,
                () -> server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING)));
        assertThat(desired()).isEqualTo(Desired.STOPPED);
        server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
        restart(another());
        assertThat(desired()).isEqualTo(Desired.RUNNING);
    }

    @Test
    void losesNothingAcknowledgedInAPowerCut() throws IOException {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId id = server.snapshot("flights", "a");
        server.files.cutPower();
        server.kill();
        server = CatalogHarness.start(data(), another());
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().head())
                .isEqualTo(id);
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
        assertThat(server.catalog.holdsOf(id)).extracting(Hold::id).containsExactly("h3");
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
    void losesVersionsThatLivedInMemory() throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate durable = server.candidate("flights", null, epoch, List.of(), "a");
        Candidate inMemory = inMemory(durable);
        assertThat(server.ledger.commit(
                        inMemory.completed(),
                        inMemory.manifest(),
                        CatalogHarness.ADA,
                        () -> new Manifests(server.stores.memory()).write(inMemory.manifest())))
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

    private static void assertSame(Map<String, List<String>> tables, Map<String, List<String>> expected) {
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

    private Desired desired() {
        return server.catalog.branch("flights", Branch.MAIN).orElseThrow().desired();
    }

    private Condition condition(SnapshotId id) {
        return server.catalog.snapshot(id).map(Snapshot::condition).orElseThrow();
    }

    private Hold systemHold(String id, SnapshotId version, String owner) {
        return new Hold(
                id, "flights", version, Hold.Kind.SYSTEM, "in use", "system", owner, server.clock.instant(), null);
    }

    private static Candidate inMemory(Candidate candidate) {
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
                        all.line()),
                candidate.manifest());
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(StrandlineException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
