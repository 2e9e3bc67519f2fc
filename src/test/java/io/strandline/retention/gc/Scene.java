package io.strandline.retention.gc;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotChange.SnapshotUndeleted;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.BlobMissingException;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.Staging;
import io.strandline.storage.StoredBlob;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job with a version in the trash and one above it, and those who are after the files of the first: a checkpoint that uses
 * one of them again, the collector, and a person who brings it back. Each method is what happens between two transactions.
 */
final class Scene {

    private static final Cause CAUSE = Cause.system("test");
    private static final Set<Snapshot.State> STORED = Set.of(Snapshot.State.COMPLETED, Snapshot.State.TRASHED);

    private final CatalogHarness server;
    private final SnapshotStore store;
    private final Planted planted;
    private final String job;
    private final String shared;
    private final Purger purger;
    private final Condemner condemner;
    private final Sweeper sweeper;
    private final SnapshotId victim;
    private final Set<Digest> ours;
    private @Nullable Closeable pinned;

    /** What was done wrong on purpose. */
    enum Planted {
        NOTHING,
        /** The checkpoint makes sure that its file is there and does not pin it. */
        NO_PIN,
        /** Files go before the entry that says so. */
        UNLINK_BEFORE_THE_ENTRY
    }

    Scene(CatalogHarness server, String job, Planted planted) throws IOException {
        this.server = server;
        this.store = server.stores.durable();
        this.planted = planted;
        this.job = job;
        this.shared = "shared-" + job;
        GcSettings settings = new GcSettings(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofDays(30));
        this.purger = new Purger(server.catalog, server.housekeeping, server.ledger, server.clock);
        this.condemner = new Condemner(server.catalog, server.housekeeping, server.stores);
        this.sweeper = new Sweeper(
                server.housekeeping, new SecondWitness(server.catalog, server.housekeeping), server.clock, settings);
        List<String> texts = List.of(shared, "own-" + job, "above-" + job, "new-" + job);
        this.ours = texts.stream()
                .map(text -> Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toSet());
        for (String text : texts.subList(0, 3)) {
            publish(text).close();
        }
        server.job(job);
        server.startInstance(job);
        this.victim = server.snapshot(job, shared, "own-" + job);
        server.snapshot(job, "above-" + job);
        Instant now = server.clock.instant();
        server.change(job, new SnapshotTrashed(victim, new Trashed(now, now.plusSeconds(60)), "EXPIRED"));
    }

    private Staging publish(String text) throws IOException {
        Staging staging = store.openStaging(job + "-" + Integer.toHexString(text.hashCode()) + "-" + System.nanoTime());
        StagedBytes.publish(staging, "f", text);
        staging.committed();
        return staging;
    }

    // the checkpoint

    void pin() throws IOException {
        Digest digest = Digest.ofBytes(shared.getBytes(StandardCharsets.UTF_8));
        Staging fresh = publish("new-" + job);
        try {
            Pin pin = planted == Planted.NO_PIN && store.sizeOf(digest).isPresent()
                    ? () -> {}
                    : store.pin(List.of(digest));
            pinned = () -> {
                fresh.close();
                pin.close();
            };
        } catch (BlobMissingException written) {
            Staging anew = publish(shared);
            pinned = () -> {
                fresh.close();
                anew.close();
            };
        }
    }

    void commit() throws IOException {
        Branch main = server.catalog.branch(job, Branch.MAIN).orElseThrow();
        CommitResult result =
                server.commit(server.candidate(job, main.head(), main.epoch(), main.line(), shared, "new-" + job));
        if (!(result instanceof CommitResult.Committed)) {
            throw new AssertionError(result);
        }
        unpin();
    }

    private void unpin() throws IOException {
        if (pinned != null) {
            pinned.close();
            pinned = null;
        }
    }

    // the collector

    void purge() throws IOException {
        if (planted == Planted.UNLINK_BEFORE_THE_ENTRY) {
            Set<Digest> files = server.housekeeping.files(victim).stream()
                    .map(NamedFile::digest)
                    .filter(digest -> digest.equals(Digest.ofBytes(("own-" + job).getBytes(StandardCharsets.UTF_8))))
                    .collect(Collectors.toSet());
            if (isTrashed()) {
                store.quarantine(files, any -> false);
                store.deleteQuarantined(files);
            }
        } else {
            enter();
        }
    }

    private boolean isTrashed() {
        return server.catalog.snapshot(victim).orElseThrow().state() == Snapshot.State.TRASHED;
    }

    private void enter() {
        condemner.add(purger.purge(job, List.of(server.catalog.snapshot(victim).orElseThrow()), true, CAUSE));
    }

    void condemn() throws IOException {
        if (planted == Planted.UNLINK_BEFORE_THE_ENTRY) {
            enter();
        }
        condemner.condemn(true, new Tally());
    }

    void sweep() throws IOException {
        sweeper.sweep(
                store, new GcOrder(GcRun.Mode.DELETE, true, null, true, GcOrder.Unknown.IGNORE, CAUSE), new Tally());
    }

    // the person

    void undelete() {
        server.ledger.change(new Scope.OfJob(job), CAUSE, changes -> {
            if (isTrashed()) {
                changes.record(new SnapshotUndeleted(victim));
            }
            return true;
        });
    }

    void hold() {
        server.ledger.change(new Scope.OfJob(job), CAUSE, changes -> {
            if (isThere()) {
                changes.record(new HoldPlaced(new Hold(
                        "hold-" + job,
                        job,
                        victim,
                        Hold.Kind.USER,
                        "mine",
                        "ann",
                        null,
                        server.clock.instant(),
                        null)));
            }
            return true;
        });
    }

    void fork() {
        server.ledger.change(new Scope.OfJob(job), CAUSE, changes -> {
            if (isThere()) {
                Snapshot from = server.catalog.snapshot(victim).orElseThrow();
                changes.record(new BranchCreated(
                        job,
                        "fork",
                        new Branch.Fork("main~1", victim, from.number(), Branch.MAIN, server.clock.instant()),
                        1,
                        List.of(),
                        Branch.Protection.NONE));
            }
            return true;
        });
    }

    private boolean isThere() {
        return server.catalog.snapshot(victim).orElseThrow().state() == Snapshot.State.COMPLETED;
    }

    // what has to be true

    /** What is wrong now: a stored version without a file, or a head or held version that is not there; null for nothing. */
    @Nullable
    String wrong() throws IOException {
        List<Snapshot> stored = stored();
        Map<SnapshotId, List<NamedFile>> files =
                server.housekeeping.filesOf(stored.stream().map(Snapshot::id).toList());
        for (Snapshot version : stored) {
            for (NamedFile file : files.getOrDefault(version.id(), List.of())) {
                if (store.sizeOf(file.digest()).isEmpty()) {
                    return "version " + version.number() + " (" + version.state() + ") lacks " + file.digest();
                }
            }
        }
        for (Branch branch : server.catalog.branches(job)) {
            if (notCompleted(branch.head())) {
                return "the head of " + branch.name() + " is not there";
            }
        }
        return server.catalog.holds(job).stream().anyMatch(hold -> notCompleted(hold.snapshot()))
                ? "a held version is not there"
                : null;
    }

    private boolean notCompleted(@Nullable SnapshotId id) {
        return id != null
                && server.catalog
                        .snapshot(id)
                        .filter(version -> version.state() == Snapshot.State.COMPLETED)
                        .isEmpty();
    }

    /** What is left that nobody names, or is named and not left, after all have come to rest; null for nothing. */
    @Nullable
    String leftOver() throws IOException {
        enter();
        condemner.condemn(true, new Tally());
        sweep();
        Set<Digest> named = stored().stream()
                .flatMap(version -> server.housekeeping.files(version.id()).stream())
                .map(NamedFile::digest)
                .collect(Collectors.toSet());
        Set<Digest> live = store.blobs().stream()
                .map(StoredBlob::digest)
                .filter(ours::contains)
                .collect(Collectors.toCollection(HashSet::new));
        return live.equals(named) && store.quarantined().isEmpty()
                ? null
                : "named are " + named + ", live are " + live + ", quarantined " + store.quarantined();
    }

    private List<Snapshot> stored() {
        return server.catalog.snapshots(
                new SnapshotQuery(job, null, Set.of(), STORED, Map.of(), null, null, null, 100));
    }

    /** Leaves nothing in the store, so that the next scene's walk is short. */
    void clear() throws IOException {
        unpin();
        store.quarantine(ours, any -> false);
        store.deleteQuarantined(ours);
        List<ManifestName> manifests = store.manifests().stream()
                .filter(name -> name.folder().equals(job))
                .toList();
        store.deleteManifests(manifests);
    }
}
