package io.strandline.checkpoint;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.History;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;

/** What may be done to versions, over any catalog, for tests of other rooms. */
public final class SnapshotVerbs {

    private SnapshotVerbs() {}

    /** All but what reads manifests. */
    public static Snapshots over(Ledger ledger, Catalog catalog, History history, Clock clock, TimeOrderedIds ids) {
        return new Snapshots(
                ledger,
                catalog,
                history,
                new Protections(catalog, history),
                LookupFixture.trashWindow(catalog),
                new Stationery(null, clock, ids));
    }
}
