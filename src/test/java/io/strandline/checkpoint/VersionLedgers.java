package io.strandline.checkpoint;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.runner.SnapshotLedgers;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;

/** The ledgers of instances over any catalog, for tests of other rooms. */
public final class VersionLedgers {

    private VersionLedgers() {}

    /** Of instances whose snapshots nobody asked for by an operation. */
    public static SnapshotLedgers over(
            Ledger ledger, Catalog catalog, StoredVersions stored, Clock clock, TimeOrderedIds ids) {
        RefPlacement refs = new RefPlacement(catalog, new PendingRequests(), ids, clock);
        return new InstanceLedgers(ledger, catalog, refs, new Stationery(stored, clock, ids));
    }
}
