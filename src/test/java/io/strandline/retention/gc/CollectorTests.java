package io.strandline.retention.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Blob;
import io.strandline.storage.ManifestName;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Garbage collection on a real file store: what goes and what must never go. */
class CollectorTests extends CollectorHarness {

    @Test
    void unlinksTheFilesOnlyThePurgedVersionNames() throws IOException {
        Blob shared = file("shared");
        Blob own = file("own");
        Snapshot first = version(1, shared, own);
        version(2, shared);
        trash(first);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(run.purgedVersions()).isEqualTo(1);
        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.sizeOf(shared.digest())).isPresent();
        assertThat(store.sizeOf(own.digest())).isEmpty();
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.manifests()).containsExactly(new ManifestName(job.id(), 2));
        assertThat(world.stateOf(first)).isEqualTo(Snapshot.State.PURGED);
    }

    @Test
    void letsOutputGoThatWasTakenBackFromAPurgedVersion() throws IOException {
        version(2, file("a"));
        Snapshot gone = version(4, file("b"));
        version(6, file("c"));
        trash(gone);
        for (long number = 1; number <= 6; number++) {
            outputs.holdsPart(number);
        }

        collector.run("r", NOW);

        assertThat(outputs.released).as("attempts 3 and 4 belong to version 4").containsExactly(3L, 4L);
        assertThat(outputs.forgotten).isEmpty();
    }

    @Test
    void letsFilesWaitInQuarantineForADay() throws IOException {
        Blob own = file("own");
        trash(version(1, own));
        version(2, file("other"));

        GcRun first =
                collector.run("r1", new GcOrder(GcRun.Mode.DELETE, true, null, false, GcOrder.Unknown.IGNORE, CAUSE));
        assertThat(first.freedBytes()).isZero();
        assertThat(first.quarantinedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.sizeOf(own.digest())).isEmpty();

        clock.pass(Duration.ofHours(23));
        assertThat(collector.run("r2", GcOrder.scheduled(CAUSE)).freedBytes()).isZero();
        clock.pass(Duration.ofHours(1));
        assertThat(collector.run("r3", GcOrder.scheduled(CAUSE)).freedBytes()).isEqualTo(own.sizeBytes());
    }

    @Test
    void purgesByItselfOnlyWhatIsDue() throws IOException {
        Snapshot due = version(1, file("a"));
        Snapshot early = version(2, file("b"));
        version(3, file("c"));
        world.trash(due, clock.instant());
        world.trash(early, clock.instant().plusSeconds(60));

        collector.run("r", GcOrder.scheduled(CAUSE));

        assertThat(world.stateOf(due)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.stateOf(early)).isEqualTo(Snapshot.State.TRASHED);
    }

    @Test
    void goesOnOnlyWithWhatWasInTheTrashWhenAPurgeWasAsked() throws IOException {
        Snapshot asked = version(1, file("a"));
        Snapshot later = version(2, file("b"));
        version(3, file("c"));
        world.trash(asked, clock.instant().plusSeconds(600));
        Instant then = clock.instant();
        clock.pass(Duration.ofSeconds(60));
        world.trash(later, clock.instant().plusSeconds(600));

        collector.run("r", new GcOrder(GcRun.Mode.DELETE, true, null, true, GcOrder.Unknown.IGNORE, CAUSE, then));

        assertThat(world.stateOf(asked)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.stateOf(later)).isEqualTo(Snapshot.State.TRASHED);
    }

    @Test
    void keepsATrashedVersionThatAPersonHolds() throws IOException {
        Snapshot held = version(1, file("a"));
        version(2, file("b"));
        trash(held);
        world.addHold("h", held, Hold.Kind.USER, null);

        GcRun run = collector.run("r", NOW);

        assertThat(world.stateOf(held)).isEqualTo(Snapshot.State.TRASHED);
        assertThat(run.skipped()).singleElement().asString().contains("a hold lies on it");
    }

    @Test
    void keepsATrashedVersionThatTheServerHoldsOrThatIsAHead() throws IOException {
        Snapshot held = version(1, file("a"));
        Snapshot head = version(2, file("b"));
        trash(held);
        trash(head);
        world.addHold("h", held, Hold.Kind.SYSTEM, null);

        GcRun run = collector.run("r", NOW);

        assertThat(world.stateOf(held)).isEqualTo(Snapshot.State.TRASHED);
        assertThat(world.stateOf(head)).isEqualTo(Snapshot.State.TRASHED);
        assertThat(run.skipped())
                .anyMatch(line -> line.contains("a hold lies on it"))
                .anyMatch(line -> line.contains("it is the head of a branch"));
    }

    @Test
    void forgetsNoPurgeThatTheCatalogHasYetToTake() throws IOException {
        Blob own = file("own");
        Snapshot purged = version(1, own);
        version(2, file("other"));
        trash(purged);
        SnapshotStores stores = new SnapshotStores(store, new MemorySnapshotStore(1 << 20, clock));
        Condemner condemner = new Condemner(world.as(Catalog.class), world.as(Housekeeping.class), stores);
        Remains remains = new Remains(purged.id(), new ManifestName(job.id(), 1), true, Set.of(own.digest()));

        condemner.add(List.of(remains));
        condemner.condemn(true, new Tally());

        assertThat(condemner.hasWork()).isTrue();
        assertThat(store.manifests()).hasSize(2);
    }

    @Test
    void purgesAJobWithAllItsVersions() throws IOException {
        Snapshot one = version(1, file("a"));
        Snapshot two = version(2, file("b"));
        Job other = world.addJob("other");
        commit(other, 1, file("c"));
        world.trash(job, clock.instant());

        GcRun run = collector.run("r", NOW);

        assertThat(run.purgedJobs()).isEqualTo(1);
        assertThat(run.purgedVersions()).isEqualTo(2);
        assertThat(world.stateOf(one)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.stateOf(two)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.job(job.id())).isEmpty();
        assertThat(store.blobs()).hasSize(1);
        assertThat(outputs.forgotten).containsExactly(job.id());
    }

    @Test
    void purgesALargeJobInEntriesOfAThousandVersionsAtMost() {
        for (int number = 1; number <= 2_001; number++) {
            world.addVersion(job, number, SnapshotKind.PERIODIC, clock.instant());
        }
        world.trash(job, clock.instant());
        Ledger ledger = world.as(Ledger.class);
        List<Integer> entries = new ArrayList<>();
        Ledger counting = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, given) -> {
                    Ledger.Decision<?> decision = (Ledger.Decision<?>) given[2];
                    return ledger.change((Ledger.Scope) given[0], CAUSE, changes -> {
                        int[] recorded = {0};
                        Object result = decision.decide(change -> {
                            recorded[0]++;
                            changes.record(change);
                        });
                        entries.add(recorded[0]);
                        return result;
                    });
                });

        Purger purger = new Purger(world.as(Catalog.class), world.as(Housekeeping.class), counting, clock);

        assertThat(purger.purge(job, true, CAUSE).orElseThrow()).hasSize(2_001);
        assertThat(entries).containsExactly(1_000, 1_000, 2);
        assertThat(world.job(job.id())).isEmpty();
    }

    /** The planted bug of the second half shows that the first half can fail. */
    @Test
    void neverCollectsAFileThatAnAttemptNames() throws IOException {
        assertThat(fileSurvivesTheAttemptThatReusesIt(store, 1)).isTrue();
        assertThat(fileSurvivesTheAttemptThatReusesIt(withoutPins(store), 11)).isFalse();
    }

    private boolean fileSurvivesTheAttemptThatReusesIt(SnapshotStore storeUsed, long number) throws IOException {
        Collector used = collectorOver(storeUsed);
        Blob reused = file("reused by " + number);
        Snapshot old = version(number, reused);
        version(number + 1, file("newer than " + number));
        trash(old);
        try (Pin pin = storeUsed.pin(List.of(reused.digest()))) {
            used.run("r1", NOW);
            commit(job, number + 2, reused);
        }
        used.run("r2", NOW);
        return store.sizeOf(reused.digest()).isPresent();
    }

    @Test
    void condemnsAPinnedFileOnceThePinIsGone() throws IOException {
        Blob own = file("own");
        trash(version(1, own));
        version(2, file("other"));
        try (Pin pin = store.pin(List.of(own.digest()))) {
            GcRun run = collector.run("r1", NOW);
            assertThat(run.pinnedFiles()).isEqualTo(1);
            assertThat(store.manifests()).hasSize(2);
        }

        assertThat(collector.run("r2", NOW).freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.manifests()).hasSize(1);
    }

    @Test
    void goesOnAfterACrashBetweenThePurgeAndItsFiles() throws IOException {
        Blob own = file("own");
        Snapshot purged = version(1, own);
        version(2, file("other"));
        trash(purged);
        new Purger(world.as(Catalog.class), world.as(Housekeeping.class), world.as(Ledger.class), clock)
                .purge(job.id(), List.of(purged), true, CAUSE);

        GcRun run = collectorOver(store).run("r", NOW);

        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.manifests()).hasSize(1);
    }

    @Test
    void changesNothingInADryRunAndTellsWhatWouldGo() throws IOException {
        Snapshot due = version(1, file("own"));
        version(2, file("other"));
        Blob unknown = file("of nobody");
        world.trash(due, clock.instant());
        List<String> before = tree();

        GcRun run = collector.run("r", DRY);

        assertThat(run.purgedVersions()).isEqualTo(1);
        assertThat(run.unknownFiles()).isEqualTo(1);
        assertThat(run.unknownBytes()).isEqualTo(unknown.sizeBytes());
        assertThat(tree()).isEqualTo(before);
        assertThat(world.stateOf(due)).isEqualTo(Snapshot.State.TRASHED);
    }

    @Test
    void quarantinesUnknownFilesOnlyByExplicitCommand() throws IOException {
        version(1, file("own"));
        Blob unknown = file("of nobody");
        collector.run("r1", NOW);
        assertThat(store.sizeOf(unknown.digest())).isPresent();

        GcRun run = collector.run(
                "r2", new GcOrder(GcRun.Mode.DELETE, false, null, false, GcOrder.Unknown.QUARANTINE, CAUSE));

        assertThat(run.condemnedFiles()).isEqualTo(1);
        assertThat(store.sizeOf(unknown.digest())).isEmpty();
    }
}
