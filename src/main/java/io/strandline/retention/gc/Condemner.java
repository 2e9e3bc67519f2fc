package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.snapshot.Manifests;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Condemns the files of purged versions: what no version names and nobody pins goes into quarantine, asked and moved under
 * the file's guard. When each file of a version is settled its manifest is unlinked. Used by one thread at a time.
 */
@Component
final class Condemner {

    private static final Logger log = LoggerFactory.getLogger(Condemner.class);

    private static final int VERSIONS_AT_ONCE = 200;
    private static final int ASKED_AT_ONCE = 1_000;

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final SnapshotStores stores;
    private final Map<ManifestName, Remains> unsettled = new LinkedHashMap<>();
    private boolean recovered;

    Condemner(Catalog catalog, Housekeeping housekeeping, SnapshotStores stores) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
        this.stores = stores;
    }

    /** Takes over what is left of purged versions. */
    void add(List<Remains> remains) {
        remains.forEach(left -> unsettled.put(left.manifest(), left));
    }

    /** Whether there is anything left to settle. */
    boolean hasWork() throws IOException {
        recover();
        return !unsettled.isEmpty();
    }

    /** Condemns what may be condemned of one store; what is pinned is tried again the next time. */
    void condemn(boolean durable, Tally tally) throws IOException {
        recover();
        SnapshotStore store = stores.of(durable);
        List<Remains> all = unsettled.values().stream()
                .filter(remains -> remains.durable() == durable)
                .toList();
        for (int from = 0; from < all.size(); from += VERSIONS_AT_ONCE) {
            List<Remains> some = all.subList(from, Math.min(all.size(), from + VERSIONS_AT_ONCE)).stream()
                    .filter(this::gone)
                    .toList();
            List<ManifestName> settled = settle(store, some, tally);
            store.deleteManifests(settled);
            settled.forEach(unsettled::remove);
        }
    }

    /** Looks for live files no version names; condemns those that nobody pins if {@code quarantine}. */
    void unknown(boolean durable, boolean quarantine, Tally tally) throws IOException {
        SnapshotStore store = stores.of(durable);
        Map<Digest, StoredBlob> live =
                store.blobs().stream().collect(Collectors.toMap(StoredBlob::digest, blob -> blob, (one, same) -> one));
        Set<Digest> unnamed = housekeeping.unnamed(live.keySet());
        Set<Digest> moved = quarantine ? store.quarantine(unnamed, housekeeping::named) : Set.of();
        for (Digest digest : unnamed) {
            StoredBlob blob = live.get(digest);
            long bytes = blob == null ? 0 : blob.sizeBytes();
            if (moved.contains(digest)) {
                tally.condemned(digest, bytes);
            } else {
                tally.unknown(bytes);
            }
        }
    }

    /** Whether the catalog shows the purge: the journal may have it first, and until then the version names its files. */
    private boolean gone(Remains remains) {
        return catalog.snapshot(remains.id())
                .map(version -> version.state() == Snapshot.State.PURGED)
                .orElse(true);
    }

    /** The manifests of those versions none of whose files waits for a pin. */
    private List<ManifestName> settle(SnapshotStore store, List<Remains> versions, Tally tally) throws IOException {
        Map<Digest, Long> live = new LinkedHashMap<>();
        for (Remains remains : versions) {
            for (Digest digest : remains.files()) {
                if (!live.containsKey(digest)) {
                    store.sizeOf(digest).ifPresent(size -> live.put(digest, size));
                }
            }
        }
        Set<Digest> unnamed = housekeeping.unnamed(live.keySet());
        Set<Digest> condemned = store.quarantine(unnamed, housekeeping::named);
        condemned.forEach(digest -> tally.condemned(digest, live.getOrDefault(digest, 0L)));
        Set<Digest> waiting = new HashSet<>();
        for (Digest digest : unnamed) {
            if (!condemned.contains(digest)
                    && !housekeeping.named(digest)
                    && store.sizeOf(digest).isPresent()) {
                tally.pinned();
                waiting.add(digest);
            }
        }
        return versions.stream()
                .filter(remains -> Collections.disjoint(remains.files(), waiting))
                .map(Remains::manifest)
                .toList();
    }

    /** After a start: manifests of versions whose purge is in the journal and was not finished. */
    private void recover() throws IOException {
        if (recovered) {
            return;
        }
        Manifests manifests = new Manifests(stores.durable());
        Map<String, List<Long>> numbers = manifests.list().stream()
                .collect(Collectors.groupingBy(
                        ManifestName::folder, Collectors.mapping(ManifestName::number, Collectors.toList())));
        for (Map.Entry<String, List<Long>> ofJob : numbers.entrySet()) {
            List<Long> all = ofJob.getValue();
            for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
                List<Long> some = all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE));
                recover(manifests, housekeeping.purged(ofJob.getKey(), some));
            }
        }
        recovered = true;
    }

    private void recover(Manifests manifests, List<Snapshot> purged) throws IOException {
        for (Snapshot version : purged) {
            ManifestName name = new ManifestName(version.jobId(), version.number());
            if (!unsettled.containsKey(name)) {
                unsettled.put(name, new Remains(version.id(), name, true, files(manifests, name)));
            }
        }
    }

    /** The files of a purged version; where its manifest is damaged they stay behind as unknown ones. */
    private static Set<Digest> files(Manifests manifests, ManifestName name) throws IOException {
        try {
            return SecondWitness.digests(manifests.readUnchecked(name).manifest());
        } catch (IOException e) {
            if (!SecondWitness.isDamage(e)) {
                throw e;
            }
            log.warn(
                    "the manifest {} of a purged version is damaged ({}); files only it names stay until a collection is told"
                            + " to take unknown ones",
                    name,
                    e.getMessage());
            return Set.of();
        }
    }
}
