package io.strandline.retention.inventory;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.retention.inventory.AuditFindings.Kind;
import io.strandline.snapshot.MalformedManifestException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.ManifestDamagedException;
import io.strandline.snapshot.ManifestMissingException;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.StoredBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares everything in the stores with everything in the catalog: each version's manifest, the files it names, and its
 * reference rows. Jobs go on meanwhile, so what seems to be missing is looked for once more before it is said. Versions that
 * lack something are flagged; nothing is deleted. Its cost follows the data.
 */
@Component
public final class StoreAudit {

    private static final int PAGE = 500;
    private static final List<Boolean> BOTH_STORES = List.of(true, false);

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final SnapshotStores stores;
    private final DamageFlags flags;

    public StoreAudit(Catalog catalog, Housekeeping housekeeping, SnapshotStores stores, DamageFlags flags) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
        this.stores = stores;
        this.flags = flags;
    }

    /**
     * Looks at everything once.
     *
     * @throws IOException when something cannot be read; a broken manifest is a finding, not an error
     */
    public AuditFindings run() throws IOException {
        Notes notes = new Notes();
        for (boolean durable : BOTH_STORES) {
            Shelf shelf = shelf(stores.of(durable));
            for (boolean trashed : BOTH_STORES) {
                for (Job job : jobs(trashed)) {
                    compare(job, durable, shelf, notes);
                }
            }
            strays(shelf, notes);
        }
        return notes.findings();
    }

    private static Shelf shelf(SnapshotStore store) throws IOException {
        Map<Digest, Long> live =
                store.blobs().stream().collect(Collectors.toMap(StoredBlob::digest, StoredBlob::sizeBytes, Long::max));
        return new Shelf(store, new Manifests(store), live, new HashSet<>(store.manifests()));
    }

    private List<Job> jobs(boolean trashed) {
        List<Job> all = new ArrayList<>();
        List<Job> page;
        String before = null;
        do {
            page = catalog.jobs(trashed, before, PAGE);
            all.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return all;
    }

    private void compare(Job job, boolean durable, Shelf shelf, Notes notes) throws IOException {
        Set<Snapshot.State> states = Set.of(Snapshot.State.COMPLETED, Snapshot.State.TRASHED);
        List<Snapshot> page;
        Long before = null;
        do {
            page = catalog.snapshots(
                    new SnapshotQuery(job.id(), null, Set.of(), states, Map.of(), null, null, before, PAGE));
            List<Snapshot> here = page.stream()
                    .filter(version -> version.durable() == durable)
                    .toList();
            Map<SnapshotId, List<NamedFile>> rows =
                    housekeeping.filesOf(here.stream().map(Snapshot::id).toList());
            for (Snapshot version : here) {
                compare(version, rows.getOrDefault(version.id(), List.of()), shelf, notes);
            }
            before = page.isEmpty() ? null : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
    }

    private void compare(Snapshot version, List<NamedFile> rows, Shelf shelf, Notes notes) throws IOException {
        ManifestName name = new ManifestName(version.jobId(), version.number());
        shelf.unclaimed().remove(name);
        notes.versions++;
        try {
            Manifest manifest = shelf.manifests().read(name, Digest.parse(version.manifestDigest()));
            Map<Digest, Long> named = named(manifest);
            notes.files.addAll(named.keySet());
            rowsAgree(version, named.keySet(), rows, notes);
            filesAreThere(version, named, shelf, notes);
        } catch (ManifestMissingException e) {
            if (stillThere(version)) {
                notes.lost++;
                notes.add(Kind.LOST, version, null, "its manifest is gone");
                flags.lost(version, "its manifest is gone");
            }
        } catch (ManifestDamagedException | MalformedManifestException e) {
            notes.damaged++;
            notes.add(Kind.DAMAGED, version, null, String.valueOf(e.getMessage()));
            flags.found(version, String.valueOf(e.getMessage()), List.of());
        }
    }

    private void rowsAgree(Snapshot version, Set<Digest> named, List<NamedFile> rows, Notes notes) {
        Set<Digest> inRows = rows.stream().map(NamedFile::digest).collect(Collectors.toSet());
        if (inRows.equals(named) || !stillThere(version)) {
            return;
        }
        notes.disagreements++;
        named.stream()
                .filter(digest -> !inRows.contains(digest))
                .forEach(digest -> notes.add(
                        Kind.DISAGREEMENT, version, digest, "its manifest names the file, its reference rows do not"));
        inRows.stream()
                .filter(digest -> !named.contains(digest))
                .forEach(digest -> notes.add(
                        Kind.DISAGREEMENT, version, digest, "its reference rows name the file, its manifest does not"));
    }

    private void filesAreThere(Snapshot version, Map<Digest, Long> named, Shelf shelf, Notes notes) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<Digest, Long> file : named.entrySet()) {
            Digest digest = file.getKey();
            if (file.getValue().equals(shelf.live().get(digest))) {
                continue;
            }
            Optional<Long> size = shelf.store().sizeOf(digest);
            if (!size.equals(Optional.of(file.getValue())) && stillThere(version)) {
                missing.add(digest.toString());
                notes.add(
                        Kind.DAMAGED,
                        version,
                        digest,
                        size.map(found -> "the file has " + found + " bytes, not " + file.getValue())
                                .orElse("the file is missing"));
            }
        }
        if (!missing.isEmpty()) {
            notes.damaged++;
            flags.found(version, missing.size() + " of its files are missing or have another size", missing);
        }
    }

    private void strays(Shelf shelf, Notes notes) throws IOException {
        for (ManifestName name : shelf.unclaimed()) {
            if (catalog.snapshot(name.folder(), name.number()).isEmpty()
                    && shelf.store().readManifest(name).isPresent()) {
                notes.strays++;
                notes.add(new AuditFindings.Finding(
                        Kind.STRAY, name.folder(), name.number(), null, "the manifest belongs to no version"));
            }
        }
    }

    private boolean stillThere(Snapshot version) {
        return catalog.snapshot(version.id())
                .filter(now -> now.state() != Snapshot.State.PURGED)
                .isPresent();
    }

    private static Map<Digest, Long> named(Manifest manifest) {
        Map<Digest, Long> files = new HashMap<>();
        manifest.content().operators().stream()
                .flatMap(operator -> operator.states().stream())
                .flatMap(state -> state.runs().stream())
                .forEach(run -> {
                    Blob blob = run.blob();
                    files.put(blob.digest(), blob.sizeBytes());
                });
        return files;
    }

    /**
     * A store as it was when the look began.
     *
     * @param unclaimed manifests that no version has been seen for yet
     */
    private record Shelf(
            SnapshotStore store, Manifests manifests, Map<Digest, Long> live, Set<ManifestName> unclaimed) {}

    /** What has been found so far. */
    private static final class Notes {

        private static final int MOST = 100;

        private final List<AuditFindings.Finding> findings = new ArrayList<>();
        private final Set<Digest> files = new HashSet<>();
        private int versions;
        private int lost;
        private int damaged;
        private int disagreements;
        private int strays;

        void add(Kind kind, Snapshot version, @Nullable Digest file, String detail) {
            add(new AuditFindings.Finding(
                    kind, version.jobId(), version.number(), file == null ? null : file.toString(), detail));
        }

        void add(AuditFindings.Finding finding) {
            if (findings.size() < MOST) {
                findings.add(finding);
            }
        }

        AuditFindings findings() {
            return new AuditFindings(versions, files.size(), lost, damaged, disagreements, strays, findings);
        }
    }
}
