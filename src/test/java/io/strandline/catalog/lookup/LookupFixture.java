package io.strandline.catalog.lookup;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.history.History;
import io.strandline.snapshot.signing.Signatures;
import io.strandline.storage.SnapshotStores;
import tools.jackson.databind.json.JsonMapper;

/** The parts of this room over any catalog. */
public final class LookupFixture {

    private LookupFixture() {}

    public static Revisions revisions(Catalog catalog, History history) {
        return new Revisions(catalog, history);
    }

    /** Manifests that nobody signs. */
    public static StoredVersions stored(SnapshotStores stores, History history) {
        return new StoredVersions(stores, history, new TrustChecks(Signatures.none()));
    }

    public static TrashWindow trashWindow(Catalog catalog) {
        return new TrashWindow(catalog, JsonMapper.shared());
    }
}
