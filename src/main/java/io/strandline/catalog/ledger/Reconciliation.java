package io.strandline.catalog.ledger;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Instance;
import io.strandline.catalog.journal.DataDirectoryException;
import io.strandline.catalog.ledger.CatalogIndex.Listed;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
     * @param copied whether the store was copied after the journal, so that it may hold versions that came later
     * @throws DataDirectoryException when the store holds versions that the journal knows nothing of, and was not copied so
     */
    public void run(Set<Snapshot> unreadable, boolean copied) throws IOException {
        StoredManifests manifests = new StoredManifests(store.manifests());
        List<Finding> findings = new ArrayList<>();
        Set<SnapshotId> damaged = unreadable.stream().map(Snapshot::id).collect(Collectors.toSet());
        index.versions(version -> {
            boolean stored = manifests.claim(version.jobId(), version.number());
            if (version.state() != Snapshot.State.PURGED) {
                judge(version, stored, damaged.contains(version.id())).ifPresent(findings::add);
            }
        });
        removeUnnamed(manifests.unclaimed(), copied);
        closeInstances();
        releaseHolds();
        findings.forEach(this::record);
        if (unreadable.isEmpty()) {
            sweepStaging();
        }
    }

    /** Removes manifests of no version; a purged one's stays, it tells the collector which files it has yet to condemn. */
    private void removeUnnamed(List<ManifestName> unnamed, boolean copied) throws IOException {
        Map<String, Long> reserved = index.reservedNumbers();
        for (ManifestName name : unnamed) {
            if (!copied && name.number() > reserved.getOrDefault(name.folder(), 0L)) {
                throw DataDirectoryException.mismatch("The store holds version " + name
                        + ", which the journal knows nothing of: the journal is truncated, or the store is of another"
                        + " directory. Bring the journal's segments back from a backup. Nothing was deleted.");
            }
        }
        for (ManifestName name : unnamed) {
            log.info("removing manifest {}, which is no version", name);
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

    /** A version whose condition is not what the catalog says. */
    private record Finding(Listed version, Condition condition, String detail) {}

    private static Optional<Finding> judge(Listed version, boolean stored, boolean damaged) {
        if (!version.durable()) {
            return changed(version, Condition.LOST, "it lived in the memory of a process that ended");
        }
        if (!stored) {
            return changed(version, Condition.LOST, "its manifest is gone");
        }
        if (damaged) {
            return changed(version, Condition.DAMAGED, "its manifest is not what was written");
        }
        return version.condition() == Condition.LOST
                ? changed(version, Condition.OK, "its manifest is there again")
                : Optional.empty();
    }

    private static Optional<Finding> changed(Listed version, Condition condition, String detail) {
        return version.condition() == condition
                ? Optional.empty()
                : Optional.of(new Finding(version, condition, detail));
    }

    private void record(Finding found) {
        Listed version = found.version();
        log.warn(
                "version {} of job {} is {}: {}", version.number(), version.jobId(), found.condition(), found.detail());
        ledger.record(
                new Scope.OfJob(version.jobId()),
                CAUSE,
                List.of(new ConditionChanged(version.id(), found.condition(), found.detail())));
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
