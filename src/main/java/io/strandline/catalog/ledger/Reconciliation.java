package io.strandline.catalog.ledger;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Instance;
import io.strandline.catalog.journal.DataDirectoryException;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes store and ledger agree at start-up, before anything runs: what an earlier process left half done is swept, what it
 * ran is closed, versions that are gone are marked. Doing it again changes nothing.
 */
public final class Reconciliation {

    /** Why instances of an earlier process ended. */
    public static final String PROCESS_ENDED = "PROCESS_ENDED";

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final int PAGE = 500;
    private static final Cause CAUSE = Cause.system("found at start-up");

    private final Ledger ledger;
    private final CatalogIndex index;
    private final Reads reads;
    private final SnapshotStore store;
    private final Clock clock;

    /** What it reads of the catalog. */
    public record Reads(Catalog catalog, History history, Housekeeping housekeeping) {}

    /** For the durable store {@code store}. */
    public Reconciliation(Ledger ledger, CatalogIndex index, Reads reads, SnapshotStore store, Clock clock) {
        this.ledger = ledger;
        this.index = index;
        this.reads = reads;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Does it.
     *
     * @param unreadable versions whose manifests are there and cannot be read, so that their files are not known
     * @throws DataDirectoryException when the store holds versions that the journal knows nothing of
     */
    public void run(Set<Snapshot> unreadable) throws IOException {
        Set<ManifestName> stored = new HashSet<>(store.manifests());
        removeUnnamed(stored);
        closeInstances();
        releaseHolds();
        forEachVersion(version -> judge(version, stored, unreadable));
        if (unreadable.isEmpty()) {
            sweepStaging();
        }
    }

    private void removeUnnamed(Set<ManifestName> stored) throws IOException {
        Map<String, Long> reserved = index.reservedNumbers();
        List<ManifestName> unnamed = new ArrayList<>();
        for (ManifestName name : stored) {
            Optional<Snapshot> version = reads.catalog().snapshot(name.folder(), name.number());
            if (version.isEmpty() && name.number() > reserved.getOrDefault(name.folder(), 0L)) {
                throw DataDirectoryException.mismatch("The store holds version " + name
                        + ", which the journal knows nothing of: the journal is truncated, or the store is of another"
                        + " directory. Bring the journal's segments back from a backup. Nothing was deleted.");
            }
            // a purged one's tells the collector which files it has yet to condemn
            if (version.isEmpty()) {
                unnamed.add(name);
            }
        }
        for (ManifestName name : unnamed) {
            log.info("removing manifest {}, which is no version", name);
            stored.remove(name);
            remove(name);
        }
    }

    private void remove(ManifestName name) {
        try {
            store.deleteManifest(name);
        } catch (IOException e) {
            log.warn("the manifest {}, which is no version, stays until the next start", name, e);
        }
    }

    private void closeInstances() {
        for (Instance open : reads.history().openInstances()) {
            Change ended = new InstanceEnded(
                    open.jobId(), open.branch(), open.id(), PROCESS_ENDED, false, null, clock.instant());
            ledger.record(new Scope.OfJob(open.jobId()), CAUSE, List.of(ended));
        }
    }

    /** Instances of an earlier process hold nothing any more; its operations may go on. */
    private void releaseHolds() {
        for (Hold hold : reads.catalog().systemHolds("instance:")) {
            ledger.record(new Scope.OfJob(hold.jobId()), CAUSE, List.of(new HoldReleased(hold.jobId(), hold.id())));
        }
    }

    private void forEachVersion(Consumer<Snapshot> visit) {
        for (boolean trashed : new boolean[] {false, true}) {
            List<Job> jobs = reads.catalog().jobs(trashed, null, Integer.MAX_VALUE);
            jobs.forEach(job -> forEachVersionOf(job, visit));
        }
    }

    private void forEachVersionOf(Job job, Consumer<Snapshot> visit) {
        Set<Snapshot.State> states = Set.of(Snapshot.State.COMPLETED, Snapshot.State.TRASHED);
        @Nullable Long before = null;
        List<Snapshot> page;
        do {
            page = reads.catalog()
                    .snapshots(new SnapshotQuery(job.id(), null, Set.of(), states, Map.of(), null, null, before, PAGE));
            for (Snapshot version : page) {
                visit.accept(version);
                before = version.number();
            }
        } while (page.size() == PAGE);
    }

    private void judge(Snapshot version, Set<ManifestName> stored, Set<Snapshot> unreadable) {
        if (!version.durable()) {
            changeTo(Condition.LOST, version, "it lived in the memory of a process that ended");
        } else if (!stored.contains(new ManifestName(version.jobId(), version.number()))) {
            changeTo(Condition.LOST, version, "its manifest is gone");
        } else if (unreadable.stream().anyMatch(other -> other.id().equals(version.id()))) {
            changeTo(Condition.DAMAGED, version, "its manifest is not what was written");
        } else if (version.condition() == Condition.LOST) {
            changeTo(Condition.OK, version, "its manifest is there again");
        }
    }

    private void changeTo(Condition condition, Snapshot version, String detail) {
        if (version.condition() != condition) {
            log.warn("version {} of job {} is {}: {}", version.number(), version.jobId(), condition, detail);
            ledger.record(
                    new Scope.OfJob(version.jobId()),
                    CAUSE,
                    List.of(new ConditionChanged(version.id(), condition, detail)));
        }
    }

    private void sweepStaging() throws IOException {
        for (String name : store.leftoverStagings()) {
            sweep(name);
        }
    }

    /** What cannot be swept takes space and does no harm: not even a disk that cannot be read there stops a start. */
    private void sweep(String name) {
        try {
            boolean swept = store.sweepStaging(name, reads.housekeeping()::named);
            log.info("staging area {} of an earlier process {}", name, swept ? "swept" : "stays until the next start");
        } catch (IOException | IllegalArgumentException e) {
            log.warn("staging area {} cannot be swept and stays until the next start: {}", name, e.toString());
        }
    }
}
