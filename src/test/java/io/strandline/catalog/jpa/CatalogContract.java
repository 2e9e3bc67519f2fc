package io.strandline.catalog.jpa;

import static io.strandline.catalog.jpa.CatalogHarness.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.History.AuditEntry;
import io.strandline.catalog.History.AuditQuery;
import io.strandline.catalog.History.HeadEntry;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.JobChange.JobTrashed;
import io.strandline.catalog.JobChange.JobUndeleted;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.SnapshotChange.SnapshotDescribed;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotChange.SnapshotUndeleted;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.jpa.CatalogHarness.Candidate;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ledger and catalog promise, on any database. */
abstract class CatalogContract {

    @TempDir
    Path temp;

    CatalogHarness server;

    abstract Database database();

    @BeforeEach
    void start() throws IOException {
        database().empty();
        server = CatalogHarness.start(temp.resolve("data"), database());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    void restart() throws IOException {
        server.close();
        server = CatalogHarness.start(temp.resolve("data"), database());
    }

    @Test
    void readsBackAJobWithItsBranchAndPipeline() {
        server.job("flights");
        Job job = server.catalog.jobNamed("flights").orElseThrow();
        assertThat(job.description()).isEqualTo("about flights");
        Branch main = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        assertThat(main.head()).isNull();
        assertThat(main.desired()).isEqualTo(Desired.STOPPED);
        assertThat(server.catalog.pipeline("flights", 1).orElseThrow().document())
                .isEqualTo("{\"name\":\"flights\"}");
        server.change(
                "flights",
                new PipelineVersionAdded("flights", Branch.MAIN, 2, "{}", server.clock.instant()),
                new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
        assertThat(server.catalog.newestPipeline("flights")).isEqualTo(2);
        assertThat(server.catalog.branches("flights"))
                .singleElement()
                .satisfies(branch -> assertThat(branch.pipelineVersion()).isEqualTo(2))
                .satisfies(branch -> assertThat(branch.desired()).isEqualTo(Desired.RUNNING));
    }

    @Test
    void lendsANameToOneJobAtATime() {
        server.job("flights");
        assertRefused(ErrorCode.JOB_EXISTS, () -> server.change("other", created("other", "flights")));
        assertThat(server.catalog.job("other")).isEmpty();
        server.change("flights", new JobTrashed("flights", trashed()));
        assertRefused(ErrorCode.JOB_EXISTS, () -> server.change("other", created("other", "flights")));
        server.change("flights", new JobPurged("flights"));
        server.change("other", created("other", "flights"));
        assertThat(server.catalog.jobNamed("flights").orElseThrow().id()).isEqualTo("other");
        assertThat(server.catalog.job("flights")).isEmpty();
    }

    @Test
    void recordsNothingWhenADecisionRefuses() {
        server.job("flights");
        long before = server.journal.lastSequence();
        assertRefused(
                ErrorCode.PROTECTED,
                () -> server.ledger.change(new Scope.OfJob("flights"), ADA, changes -> {
                    changes.record(new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
                    assertThat(server.catalog
                                    .branch("flights", Branch.MAIN)
                                    .orElseThrow()
                                    .desired())
                            .as("the decision sees what it has recorded")
                            .isEqualTo(Desired.RUNNING);
                    throw new StrandlineException(ErrorCode.PROTECTED, "no");
                }));
        assertThat(server.journal.lastSequence()).isEqualTo(before);
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().desired())
                .isEqualTo(Desired.STOPPED);
    }

    @Test
    void refusesAChangeOfAnotherJobInAScope() {
        server.job("flights");
        assertThatThrownBy(() -> server.change("other", new JobPurged("flights")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.ledger.change(new Scope.OfServer(), ADA, changes -> {
                    server.change("flights", new JobPurged("flights"));
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a change");
    }

    @Test
    void committedVersionsAreTheHeadAndNameTheirFiles() {
        server.job("flights");
        server.startInstance("flights");
        SnapshotId first = server.snapshot("flights", "a", "b");
        SnapshotId second = server.snapshot("flights", "b", "c");
        Branch main = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        assertThat(main.head()).isEqualTo(second);
        assertThat(main.line()).hasSize(2);
        Snapshot version = server.catalog.snapshot("flights", 1).orElseThrow();
        assertThat(version.id()).isEqualTo(first);
        assertThat(version.labels()).containsEntry("team", "flights");
        assertThat(server.housekeeping.files(second)).hasSize(2);
        assertThat(server.housekeeping.versionsNaming(CatalogHarness.digest("b")))
                .extracting(Snapshot::id)
                .containsExactly(first, second);
        assertThat(server.catalog.exclusiveBytes(List.of(first, second))).isEqualTo(Map.of(first, 100L, second, 100L));
        assertThat(server.catalog.children(first)).extracting(Snapshot::id).containsExactly(second);
        assertThat(server.history.ancestors(second, 10))
                .extracting(Snapshot::id)
                .containsExactly(second, first);
        server.change(
                "flights",
                new SnapshotTrashed(first, trashed(), "DELETED"),
                new SnapshotPurged(first, server.clock.instant()));
        assertThat(server.housekeeping.unnamed(
                        Set.of(CatalogHarness.digest("a"), CatalogHarness.digest("b"), CatalogHarness.digest("x"))))
                .containsExactlyInAnyOrder(CatalogHarness.digest("a"), CatalogHarness.digest("x"));
        assertThat(server.catalog.snapshot(first).orElseThrow().state()).isEqualTo(State.PURGED);
    }

    @Test
    void refusesStaleEpochsAndHeads() {
        server.job("flights");
        long epoch = server.startInstance("flights");
        Candidate one = server.candidate("flights", null, epoch, List.of(), "a");
        Candidate rival = server.candidate("flights", null, epoch, List.of(), "b");
        assertThat(server.commit(one)).isInstanceOf(CommitResult.Committed.class);
        assertThat(server.commit(rival)).isInstanceOf(CommitResult.Stale.class);
        Candidate zombie = server.candidate("flights", one.completed().id(), epoch, List.of(), "c");
        server.startInstance("flights");
        assertThat(server.commit(zombie))
                .isInstanceOfSatisfying(
                        CommitResult.Stale.class,
                        stale -> assertThat(stale.detail()).contains("epoch 1 is over"));
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().head())
                .isEqualTo(one.completed().id());
        assertThat(server.catalog.snapshot(zombie.completed().id())).isEmpty();
    }

    @Test
    void letsExactlyOneOfManyRivalsCommit() throws Exception {
        server.job("flights");
        long epoch = server.startInstance("flights");
        int rivals = 8;
        ExecutorService threads = Executors.newFixedThreadPool(rivals);
        try {
            List<Callable<CommitResult>> commits = java.util.stream.IntStream.range(0, rivals)
                    .mapToObj(i -> server.candidate("flights", null, epoch, List.of(), "blob-" + i))
                    .<Callable<CommitResult>>map(candidate -> () -> server.commit(candidate))
                    .toList();
            int committed = 0;
            for (Future<CommitResult> result : threads.invokeAll(commits)) {
                committed += result.get() instanceof CommitResult.Committed ? 1 : 0;
            }
            assertThat(committed).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(all("flights")).hasSize(1);
    }

    @Test
    void changesManyJobsAtOnceAndLosesNone() throws Exception {
        int jobs = 6;
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Callable<Boolean>> work = java.util.stream.IntStream.range(0, jobs)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        String job = "job-" + i;
                        server.job(job);
                        server.startInstance(job);
                        for (int k = 0; k < 10; k++) {
                            server.snapshot(job, job + k, "shared");
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        Map<String, List<String>> before = database().dump();
        restart();
        assertThat(database().dump().get("snapshot")).isEqualTo(before.get("snapshot"));
        assertThat(server.housekeeping.versionsNaming(CatalogHarness.digest("shared")))
                .hasSize(60);
    }

    @Test
    void neverGivesANumberOutTwice() throws IOException {
        server.job("flights");
        assertThat(server.ledger.reserveNumber("flights")).isEqualTo(1);
        assertThat(server.ledger.reserveNumber("flights")).isEqualTo(2);
        restart();
        long third = server.ledger.reserveNumber("flights");
        assertThat(third).isGreaterThan(2);
        for (int i = 1; i < 25; i++) {
            assertThat(server.ledger.reserveNumber("flights")).isEqualTo(third + i);
        }
    }

    @Test
    void tagsAreUniqueUntilTheyExpire() {
        server.job("flights");
        SnapshotId id = versions("flights", 1).get(0);
        Instant soon = server.clock.instant().plus(Duration.ofHours(1));
        server.change("flights", new TagCreated(tag("nightly", id, soon)));
        assertRefused(ErrorCode.TAG_EXISTS, () -> server.change("flights", new TagCreated(tag("nightly", id, null))));
        assertThat(server.catalog.tagsOf(id)).hasSize(1);
        server.clock.advance(Duration.ofHours(2));
        assertThat(server.catalog.tag("flights", "nightly")).isEmpty();
        assertThat(server.housekeeping.expiredTags(server.clock.instant())).hasSize(1);
        server.change("flights", new TagCreated(tag("nightly", id, null)));
        assertThat(server.catalog.tag("flights", "nightly")).isPresent();
        server.change("flights", new TagDeleted("flights", "nightly"));
        assertThat(server.catalog.tags("flights")).isEmpty();
    }

    @Test
    void listsVersionsByWhatIsAsked() {
        server.job("flights");
        server.job("trains");
        List<SnapshotId> ids = versions("flights", 5);
        versions("trains", 2);
        server.change("flights", new SnapshotDescribed(ids.get(1), Map.of("team", "ops", "night", ""), "kept"));
        server.change("flights", new SnapshotTrashed(ids.get(0), trashed(), "DELETED"));
        Snapshot third = server.catalog.snapshot(ids.get(2)).orElseThrow();
        assertThat(numbers(query(Set.of(), Map.of(), null, null, null, 10))).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(numbers(query(Set.of(State.COMPLETED), Map.of(), null, null, null, 10)))
                .containsExactly(5L, 4L, 3L, 2L);
        assertThat(numbers(query(Set.of(), Map.of("team", "ops", "night", ""), null, null, null, 10)))
                .containsExactly(2L);
        assertThat(numbers(query(Set.of(), Map.of("team", "flights"), null, null, 4L, 10)))
                .containsExactly(3L, 1L);
        assertThat(numbers(query(Set.of(), Map.of(), third.completedAt(), null, null, 10)))
                .containsExactly(5L, 4L, 3L);
        assertThat(numbers(query(Set.of(), Map.of(), null, third.completedAt(), null, 1)))
                .containsExactly(2L);
        assertThat(server.housekeeping.trashed(null, 10))
                .extracting(Snapshot::id)
                .containsExactly(ids.get(0));
        assertThat(server.housekeeping.dueForPurge(server.clock.instant(), 10)).isEmpty();
        server.clock.advance(Duration.ofDays(8));
        assertThat(server.housekeeping.dueForPurge(server.clock.instant(), 10)).hasSize(1);
    }

    @Test
    void trashesAJobWithItsVersionsAndBringsThoseBack() {
        server.job("flights");
        List<SnapshotId> ids = versions("flights", 3);
        server.change("flights", new SnapshotTrashed(ids.get(0), trashed(), "EXPIRED"));
        server.change("flights", new JobTrashed("flights", trashed()));
        assertThat(all("flights")).extracting(Snapshot::state).containsOnly(State.TRASHED);
        assertThat(server.catalog.jobs(true, null, 10)).hasSize(1);
        assertThat(server.catalog.jobs(false, null, 10)).isEmpty();
        server.change("flights", new JobUndeleted("flights"));
        assertThat(all("flights"))
                .extracting(Snapshot::state)
                .containsExactly(State.COMPLETED, State.COMPLETED, State.TRASHED);
        server.change("flights", new SnapshotUndeleted(ids.get(0)));
        assertThat(all("flights")).extracting(Snapshot::state).containsOnly(State.COMPLETED);
    }

    @Test
    void tellsWhereTheHeadHasBeen() {
        server.job("flights");
        List<SnapshotId> ids = versions("flights", 3);
        Instant before = server.clock.instant();
        server.change(
                "flights", new HeadMoved("flights", Branch.MAIN, ids.get(2), ids.get(0), 1L, List.of(), "ROLLBACK"));
        List<HeadEntry> reflog = server.history.reflog("flights", Branch.MAIN, null, 10);
        assertThat(reflog)
                .extracting(HeadEntry::verb)
                .containsExactly("ROLLBACK", "CHECKPOINT", "CHECKPOINT", "CHECKPOINT");
        assertThat(reflog.get(0).cause()).isEqualTo(ADA);
        assertThat(server.history.reflog("flights", Branch.MAIN, reflog.get(1).sequence(), 1))
                .extracting(HeadEntry::to)
                .containsExactly(ids.get(1));
        assertThat(server.history
                        .headAt("flights", Branch.MAIN, before)
                        .orElseThrow()
                        .to())
                .isEqualTo(ids.get(2));
        Branch main = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        assertThat(main.head()).isEqualTo(ids.get(0));
        assertThat(server.snapshot("flights", "after")).isNotNull();
        assertThat(all("flights").get(0).parent()).isEqualTo(ids.get(0));
    }

    @Test
    void auditsWhoDidWhatToWhatAndWhatItWasBefore() {
        server.job("flights");
        SnapshotId id = versions("flights", 1).get(0);
        server.change("flights", new SnapshotDescribed(id, Map.of("team", "ops"), "new"));
        List<AuditEntry> audit = server.history.audit(
                new AuditQuery("flights", "ada", null, null, "snapshot:" + id, null, null, null, 10));
        assertThat(audit).extracting(AuditEntry::action).containsExactly("snapshot-described", "snapshot-completed");
        assertThat(audit.get(0).before()).contains("\"team\":\"flights\"");
        assertThat(audit.get(0).after()).contains("\"team\":\"ops\"");
        assertThat(audit.get(0).cause()).isEqualTo(ADA);
        assertThat(server.history.audit(new AuditQuery(
                        null, null, null, null, null, null, null, audit.get(0).sequence(), 1)))
                .extracting(AuditEntry::action)
                .containsExactly("snapshot-completed");
        assertThat(server.history.newestEntryAt()).isEqualTo(audit.get(0).at());
    }

    @Test
    void tellsOfInstancesAndTheirProblems() {
        server.job("flights");
        server.startInstance("flights");
        server.change(
                "flights",
                new InstanceEnded(
                        "flights",
                        Branch.MAIN,
                        "flights-1",
                        "FAILED",
                        false,
                        new ProblemNote("job-failed", "it broke"),
                        server.clock.instant()));
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().problem())
                .isEqualTo(new ProblemNote("job-failed", "it broke"));
        assertThat(server.startInstance("flights")).isEqualTo(2);
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().problem())
                .isNull();
        assertThat(server.history.instances("flights", null, 10))
                .extracting(instance -> instance.epoch())
                .containsExactly(2L, 1L);
        assertThat(server.history
                        .newestInstance("flights", Branch.MAIN)
                        .orElseThrow()
                        .endedAt())
                .isNull();
        assertThat(server.history.openInstances()).hasSize(1);
    }

    @Test
    void holdsKeepTheirOwnersAndExpire() {
        server.job("flights");
        SnapshotId id = versions("flights", 1).get(0);
        Instant soon = server.clock.instant().plus(Duration.ofHours(1));
        server.change(
                "flights",
                new HoldPlaced(hold("h1", id, Hold.Kind.USER, null, soon)),
                new HoldPlaced(hold("h2", id, Hold.Kind.SYSTEM, "branch:main", null)));
        assertThat(server.catalog.holdsOf(id)).extracting(Hold::id).containsExactly("h1", "h2");
        assertThat(server.catalog.systemHolds("branch:")).hasSize(1);
        assertThat(server.catalog.hold("trains", "h1")).isEmpty();
        server.clock.advance(Duration.ofHours(2));
        assertThat(server.catalog.holds("flights")).extracting(Hold::id).containsExactly("h2");
        assertThat(server.housekeeping.expiredHolds(server.clock.instant())).hasSize(1);
    }

    List<SnapshotId> versions(String job, int count) {
        server.startInstance(job);
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> server.snapshot(job, job + "-" + i, job + "-shared"))
                .toList();
    }

    List<Snapshot> all(String job) {
        return server.catalog.snapshots(
                new SnapshotQuery(job, null, Set.of(), Set.of(), Map.of(), null, null, null, 100));
    }

    private static SnapshotQuery query(
            Set<State> states,
            Map<String, String> labels,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Long before,
            int limit) {
        return new SnapshotQuery("flights", Branch.MAIN, Set.of(), states, labels, since, until, before, limit);
    }

    private List<Long> numbers(SnapshotQuery query) {
        return server.catalog.snapshots(query).stream().map(Snapshot::number).toList();
    }

    JobCreated created(String id, String name) {
        return new JobCreated(id, name, null, "{}", server.clock.instant());
    }

    Trashed trashed() {
        Instant now = server.clock.instant();
        return new Trashed(now, now.plus(Duration.ofDays(7)));
    }

    Tag tag(String name, SnapshotId id, @Nullable Instant expiresAt) {
        return new Tag("flights", name, id, 1, "a message", "ada", server.clock.instant(), expiresAt);
    }

    Hold hold(String id, SnapshotId version, Hold.Kind kind, @Nullable String owner, @Nullable Instant expiresAt) {
        return new Hold(id, "flights", version, kind, "a reason", "ada", owner, server.clock.instant(), expiresAt);
    }

    static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(StrandlineException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
