package io.strandline.checkpoint;

import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.runner.Instances;
import io.strandline.runner.SnapshotLedgers;
import io.strandline.storage.Admission;

/**
 * What may be done to versions, and how they come to be, over any catalog, for tests of other rooms. Nothing is noted of
 * attempts.
 */
public record SnapshotVerbs(Snapshots snapshots, Checkpoints checkpoints, SnapshotLedgers ledgers) {

    public static SnapshotVerbs over(CatalogHarness parts, StoredVersions stored, Instances instances) {
        Stationery stationery = new Stationery(stored, parts.clock, parts.clock.ids);
        PendingRequests requests = new PendingRequests();
        RefPlacement refs = new RefPlacement(parts.catalog, requests, parts.clock.ids, parts.clock);
        return new SnapshotVerbs(
                new Snapshots(
                        parts.ledger,
                        parts.catalog,
                        parts.history,
                        new Protections(parts.catalog, parts.history),
                        LookupFixture.trashWindow(parts.catalog),
                        stationery),
                new Checkpoints(parts.catalog, instances, requests, null, refs, Admission.always()),
                new InstanceLedgers(parts.ledger, parts.catalog, refs, stationery));
    }
}
