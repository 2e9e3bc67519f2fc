package io.strandline.retention.gc;

import io.strandline.catalog.history.Housekeeping;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Unlinks quarantined files for good, after both witnesses have been heard once more and neither names one of them. */
@Component
final class Sweeper {

    private final Housekeeping housekeeping;
    private final SecondWitness secondWitness;
    private final Clock clock;
    private final GcSettings settings;

    Sweeper(Housekeeping housekeeping, SecondWitness secondWitness, Clock clock, GcSettings settings) {
        this.housekeeping = housekeeping;
        this.secondWitness = secondWitness;
        this.clock = clock;
        this.settings = settings;
    }

    /** Whether a file has waited long enough. */
    boolean hasWork(SnapshotStore store) throws IOException {
        return store.quarantined().stream().anyMatch(hasWaited(store));
    }

    /**
     * Unlinks the quarantined files that are due; in a dry run only hears the witnesses about them.
     *
     * @throws WitnessException when they disagree or cannot be heard; nothing was unlinked, what is named came back
     * @throws IOException when the store fails
     */
    Swept sweep(SnapshotStore store, GcOrder order, Tally tally) throws IOException {
        boolean dryRun = order.dryRun();
        List<StoredBlob> quarantined = store.quarantined();
        List<StoredBlob> dying =
                quarantined.stream().filter(due(store, order, tally)).toList();
        if (dying.isEmpty() && !dryRun) {
            return new Swept(0, 0, 0, quarantined.size(), bytes(quarantined));
        }
        Set<Digest> suspects = withoutLiveTwin(store, dying);
        SecondWitness.Testimony testimony = hear(store, suspects, dryRun);
        List<StoredBlob> guilty = dying.stream()
                .filter(blob -> !testimony.purgedOnly().contains(blob.digest()))
                .toList();
        long freed = dryRun ? bytes(guilty) : unlink(store, guilty);
        int gone = dryRun ? 0 : guilty.size();
        return new Swept(
                testimony.manifests(),
                guilty.size(),
                freed,
                quarantined.size() - gone,
                bytes(quarantined) - (dryRun ? 0 : bytes(guilty)));
    }

    /** A file that was condemned and then written anew is live again; its old copy is nobody's. */
    private static Set<Digest> withoutLiveTwin(SnapshotStore store, List<StoredBlob> dying) throws IOException {
        Set<Digest> alone = new HashSet<>();
        for (StoredBlob blob : dying) {
            if (store.sizeOf(blob.digest()).isEmpty()) {
                alone.add(blob.digest());
            }
        }
        return alone;
    }

    private static long unlink(SnapshotStore store, List<StoredBlob> guilty) throws IOException {
        return store.deleteQuarantined(guilty.stream().map(StoredBlob::digest).toList());
    }

    private SecondWitness.Testimony hear(SnapshotStore store, Set<Digest> suspects, boolean dryRun) throws IOException {
        try {
            Set<Digest> named = new HashSet<>(suspects);
            named.removeAll(housekeeping.unnamed(suspects));
            if (!named.isEmpty()) {
                throw WitnessException.named(
                        "The catalog names " + named.iterator().next() + ", which lies in quarantine.", named);
            }
            return secondWitness.hear(store, suspects);
        } catch (WitnessException e) {
            if (!dryRun) {
                for (Digest digest : e.named()) {
                    store.release(digest);
                }
            }
            throw e;
        }
    }

    private Predicate<StoredBlob> due(SnapshotStore store, GcOrder order, Tally tally) {
        if (!order.skipQuarantine()) {
            return hasWaited(store);
        }
        return order.snapshots() == null ? any -> true : hasWaited(store).or(blob -> tally.hasCondemned(blob.digest()));
    }

    /** The wait is a delay after a decision, not a decision; what lives in memory only is not worth one. */
    private Predicate<StoredBlob> hasWaited(SnapshotStore store) {
        Instant limit = clock.instant().minus(settings.quarantine());
        return blob -> !store.durable() || !blob.since().isAfter(limit);
    }

    private static long bytes(List<StoredBlob> blobs) {
        return blobs.stream().mapToLong(StoredBlob::sizeBytes).sum();
    }

    /** What was unlinked (or would be) and what stays in quarantine. */
    record Swept(int manifests, int files, long freedBytes, int quarantinedFiles, long quarantinedBytes) {}
}
