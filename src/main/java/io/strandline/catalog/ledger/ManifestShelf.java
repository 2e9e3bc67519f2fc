package io.strandline.catalog.ledger;

import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.ManifestMissingException;
import io.strandline.snapshot.Manifests;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStores;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads manifests for the catalog, and remembers versions whose manifest was there but could not be read. */
public final class ManifestShelf {

    private static final Logger log = LoggerFactory.getLogger(ManifestShelf.class);

    private final Manifests durable;
    private final Manifests memory;
    private final Set<Snapshot> unreadable = ConcurrentHashMap.newKeySet();

    /** Over the two stores. */
    public ManifestShelf(SnapshotStores stores) {
        this.durable = new Manifests(stores.durable());
        this.memory = new Manifests(stores.memory());
    }

    /** A version's manifest, empty when it is gone or not the one that was committed. */
    public Optional<Manifest> manifest(Snapshot version) {
        ManifestName name = new ManifestName(version.jobId(), version.number());
        try {
            Manifests manifests = version.durable() ? durable : memory;
            return Optional.of(manifests.read(name, Digest.parse(version.manifestDigest())));
        } catch (ManifestMissingException e) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn("the manifest {} cannot be read: {}", name, e.getMessage());
            unreadable.add(version);
            return Optional.empty();
        }
    }

    /** Versions whose files are not known because their manifests could not be read. */
    public Set<Snapshot> unreadable() {
        return Set.copyOf(unreadable);
    }
}
