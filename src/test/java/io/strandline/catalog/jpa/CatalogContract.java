package io.strandline.catalog.jpa;

import static io.strandline.catalog.jpa.CatalogHarness.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.JobChange.JobTrashed;
import io.strandline.catalog.JobChange.JobUndeleted;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.JobChange.PipelineVersionChosen;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.CommitResult.Committed;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotChange.SnapshotUndeleted;
import io.strandline.catalog.history.History;
import io.strandline.catalog.jpa.CatalogHarness.Candidate;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What ledger and catalog promise, on any database. */
abstract class CatalogContract extends CatalogReadsContract {

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
        assertThat(server.history.descendants(first, 1, 10))
                .extracting(below -> below.version().id(), History.Descendant::distance)
                .containsExactly(tuple(first, 0), tuple(second, 1));
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
    void aRestoredVersionBringsItsPipelineWithTheHead() {
        server.job("flights");
        SnapshotId first = server.snapshot("flights", "a");
        Branch before = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        server.change("flights", new PipelineVersionAdded("flights", Branch.MAIN, 2, "{}", server.clock.instant()));
        server.change("flights", new PipelineVersionChosen("flights", Branch.MAIN, 1));

        Candidate restored = restored(server.candidate("flights", first, 0, before.line(), "a"), 2);
        assertThat(server.commit(restored)).isInstanceOf(Committed.class);

        Branch now = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        assertThat(now.head()).isEqualTo(restored.completed().id());
        assertThat(now.pipelineVersion()).isEqualTo(2);
    }

    @Test
    void anImportedVersionLiesBesideTheHead() {
        server.job("flights");
        SnapshotId head = server.snapshot("flights", "a");
        Candidate imported = CatalogHarness.imported(server.candidate("flights", null, 0, List.of(), "b"));

        assertThat(server.commit(imported)).isInstanceOf(Committed.class);

        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().head())
                .isEqualTo(head);
        Snapshot version = server.catalog.snapshot(imported.completed().id()).orElseThrow();
        assertThat(version.importedFrom()).isEqualTo(imported.completed().importedFrom());
        assertThat(version.signature()).isEqualTo(imported.completed().signature());
        assertThat(server.history.reflog("flights", Branch.MAIN, null, 10)).hasSize(1);
        SnapshotId next = server.snapshot("flights", "c");
        assertThat(server.catalog.snapshot(next).orElseThrow().parent()).isEqualTo(head);
    }

    private static Candidate restored(Candidate candidate, int pipelineVersion) {
        SnapshotCompleted all = candidate.completed();
        return new Candidate(
                new SnapshotCompleted(
                        all.id(),
                        all.jobId(),
                        all.branch(),
                        all.number(),
                        SnapshotKind.RESTORED,
                        all.mode(),
                        all.parent(),
                        all.base(),
                        all.parent(),
                        0,
                        pipelineVersion,
                        all.backend(),
                        all.parallelism(),
                        all.startedAt(),
                        all.completedAt(),
                        all.totalBytes(),
                        all.newBytes(),
                        all.manifestDigest(),
                        true,
                        all.labels(),
                        all.description(),
                        all.line(),
                        null,
                        null),
                candidate.manifest());
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
}
