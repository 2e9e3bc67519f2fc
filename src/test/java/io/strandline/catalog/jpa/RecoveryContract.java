package io.strandline.catalog.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Cause.RequestKey;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Companions;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Tag;
import io.strandline.catalog.jpa.CatalogHarness.Candidate;
import io.strandline.catalog.work.Effect;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left after failures, and what the next start makes of it, on any database. */
abstract class RecoveryContract extends StartContract {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rebuildsADeletedCatalogRowByRow(long seed) throws IOException {
        new RandomHistory(seed).steps(server, 150);
        restart(database());
        Map<String, List<String>> before = database().dump();
        assertThat(before.get("snapshot")).hasSizeGreaterThan(20);
        assertThat(before.get("file_reference")).isNotEmpty();
        assertThat(database().miscounted()).isEmpty();
        restart(another());
        assertThat(another().miscounted()).isEmpty();
        assertSame(another().dump(), before);
    }

    @Test
    void countsFilesThatSeveralJobsBeginToNameAtOnce() throws Exception {
        List<String> jobs = List.of("ants", "bees", "cats", "dogs");
        Map<String, Long> epochs = new HashMap<>();
        for (String job : jobs) {
            server.job(job);
            epochs.put(job, server.startInstance(job));
        }
        ExecutorService pool = Executors.newFixedThreadPool(jobs.size());
        try {
            for (int round = 0; round < 8; round++) {
                List<Callable<CommitResult>> commits = new ArrayList<>();
                for (String job : jobs) {
                    List<String> blobs = new ArrayList<>(List.of("shared", "x" + round, "y" + round, job));
                    Collections.rotate(blobs, commits.size());
                    SnapshotId head = server.catalog
                            .branch(job, Branch.MAIN)
                            .orElseThrow()
                            .head();
                    Candidate candidate =
                            server.candidate(job, head, epochs.get(job), List.of(), blobs.toArray(String[]::new));
                    commits.add(() -> server.commit(candidate));
                }
                for (Future<CommitResult> commit : pool.invokeAll(commits)) {
                    assertThat(commit.get()).isInstanceOf(CommitResult.Committed.class);
                }
                assertThat(server.ledger.backlogSize()).isZero();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(database().dump().get("stored_file")).hasSize(1 + 2 * 8 + jobs.size());
        assertThat(database().miscounted()).isEmpty();
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
        assertThat(server.history.instances("flights", null, null, 10)).hasSize(1);
    }

    @Test
    void bringsBackWhatTheDatabaseLostAlthoughItHadConfirmedIt() throws IOException {
        server.job("flights");
        server.transactions.forgetCommits = true;
        server.change("flights", new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
        server.transactions.forgetCommits = false;
        assertThat(desired()).isEqualTo(Desired.STOPPED);
        server.ledger.catchUp();
        assertThat(desired()).isEqualTo(Desired.RUNNING);
        assertThat(server.ledger.backlogSize()).isZero();
        Map<String, List<String>> before = database().dump();
        restart(another());
        assertSame(another().dump(), before);
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
    void writesAVersionItsTagAndItsHoldInOneEntry() throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate candidate = server.candidate("flights", null, epoch, List.of(), "a");
        long before = server.journal.lastSequence();
        Refs refs = new Refs(candidate, "kept");
        assertThat(server.commit(candidate, refs)).isInstanceOf(CommitResult.Committed.class);
        assertThat(server.journal.lastSequence()).isEqualTo(before + 1);
        server.kill();
        server = CatalogHarness.start(data(), another());
        SnapshotId id = candidate.completed().id();
        assertThat(server.catalog.tagsOf(id)).extracting(Tag::name).containsExactly("kept");
        assertThat(server.catalog.holdsOf(id)).extracting(Hold::reason).containsExactly("audit");
    }

    @Test
    void commitsAVersionAloneWhenItsTagIsRefusedOrCannotBeChecked() throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate first = server.candidate("flights", null, epoch, List.of(), "a");
        server.commit(first, new Refs(first, "kept"));
        Candidate second = server.candidate("flights", first.completed().id(), epoch, List.of(), "b");
        Refs taken = new Refs(second, "kept");
        assertThat(server.commit(second, taken)).isInstanceOf(CommitResult.Committed.class);
        assertThat(taken.refused).isPresent();
        server.transactions.down = true;
        Candidate third = server.candidate("flights", second.completed().id(), epoch, List.of(), "c");
        Refs unchecked = new Refs(third, "another");
        assertThat(server.commit(third, unchecked)).isInstanceOf(CommitResult.Committed.class);
        assertThat(unchecked.refused)
                .hasValueSatisfying(why -> assertThat(why.code()).isEqualTo(ErrorCode.CATALOG_UNAVAILABLE));
        server.transactions.down = false;
        server.ledger.catchUp();
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().head())
                .isEqualTo(third.completed().id());
        assertThat(server.catalog.tags("flights"))
                .extracting(Tag::snapshot)
                .containsExactly(first.completed().id());
        assertThat(server.catalog.holds("flights")).hasSize(1);
    }

    /** A tag and a hold for a version. */
    private static final class Refs implements Companions {

        private final Candidate version;
        private final String tag;
        private Optional<StrandlineException> refused = Optional.empty();

        Refs(Candidate version, String tag) {
            this.version = version;
            this.tag = tag;
        }

        @Override
        public List<Change> decide() {
            SnapshotId id = version.completed().id();
            Instant at = version.completed().completedAt();
            Hold hold = new Hold("hold-of-" + id, "flights", id, Hold.Kind.USER, "audit", "ada", null, at, null);
            long number = version.completed().number();
            return List.of(
                    new HoldPlaced(hold), new TagCreated(new Tag("flights", tag, id, number, null, "ada", at, null)));
        }

        @Override
        public void refused(StrandlineException why) {
            refused = Optional.of(why);
        }
    }

    @Test
    void seesAnAnswerThatTheCatalogHasYetToLearnOf() {
        server.transactions.down = true;
        Instant until = server.clock.instant().plus(Duration.ofDays(1));
        RequestAnswered answer = new RequestAnswered("k", "f", 201, "{}", "made", until);
        server.ledger.record(new Scope.OfOperation("k"), CatalogHarness.ADA, List.of(answer));
        assertThat(server.answers.answer("k")).contains(answer);
        server.transactions.down = false;
        server.ledger.catchUp();
        assertThat(server.answers.answer("k")).contains(answer);
    }

    @Test
    void keepsTheKeyOfARequestWithWhatItChanged() throws IOException {
        Instant until = server.clock.instant().plus(Duration.ofDays(1));
        RequestKey key = new RequestKey("k", "f", until);
        Cause cause = new Cause("ada", "request-1", null, null, key);
        server.job("flights");
        server.transactions.failCommits = true;
        Change change = new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING);
        server.ledger.record(new Scope.OfJob("flights"), cause, List.of(change));
        assertRefused(ErrorCode.CATALOG_UNAVAILABLE, () -> server.answers.effects("k"));
        server.transactions.failCommits = false;
        server.ledger.catchUp();
        Effect effect = new Effect("f", "desired-state-set", "flights", "branch:main");
        assertThat(server.answers.effects("k")).containsExactly(effect);
        Map<String, List<String>> before = database().dump();
        restart(another());
        assertThat(server.answers.effects("k")).containsExactly(effect);
        assertSame(another().dump(), before);
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

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "I/O error"})
    void takesBackTheManifestOfAVersionThatDoesNotCount(String why) throws IOException {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate candidate = server.candidate("flights", null, epoch, List.of(), "a");
        server.files.failNextWrite(new IOException(why));
        assertThat(server.commit(candidate)).isInstanceOf(CommitResult.Failed.class);
        assertThat(server.stores.durable().manifests()).isEmpty();
        assertThat(server.commit(candidate)).isInstanceOf(CommitResult.Committed.class);
        assertThat(server.stores.durable().manifests()).hasSize(1);
    }

    @Test
    void refusesAnEntryWhoseChangesWouldNotFitTheIndex() {
        server.job("flights");
        long entries = server.journal.lastSequence();
        server.transactions.down = true;
        Change change = new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING);
        assertThatIllegalStateException()
                .isThrownBy(() -> server.ledger.record(
                        new Scope.OfJob("flights"), CatalogHarness.ADA, Collections.nCopies(10_001, change)))
                .withMessageContaining("10001");
        assertThat(server.journal.lastSequence()).isEqualTo(entries);
        server.transactions.down = false;
    }

    @Test
    void neverNotesThatTheCatalogIsLessFarThanItWas() {
        server.index.settle(7, "seven");
        server.index.settle(3, "three");
        assertThat(server.index.progress())
                .hasValueSatisfying(progress -> assertThat(progress.sequence()).isEqualTo(7))
                .hasValueSatisfying(progress -> assertThat(progress.hash()).isEqualTo("seven"));
        // what the journal of this test never held must not be met by the next start
        database().empty();
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
}
