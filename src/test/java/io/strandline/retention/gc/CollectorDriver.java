package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.retention.MemoryDocuments;
import io.strandline.retention.inventory.StoreAudit;
import io.strandline.storage.SnapshotStores;
import java.time.Clock;
import java.time.Duration;

/** Runs collections of one server's garbage, for tests of other rooms. */
public final class CollectorDriver {

    private static final Cause CAUSE = Cause.system("test");

    private final Collector collector;
    private final Circuit circuit = new Circuit(new MemoryDocuments());
    private int runs;

    public CollectorDriver(
            Ledger ledger, Catalog catalog, Housekeeping housekeeping, SnapshotStores stores, Clock clock) {
        GcSettings settings = new GcSettings(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofDays(30));
        this.collector = new Collector(
                new Collector.Steps(
                        new TrashEmptier(
                                catalog,
                                housekeeping,
                                new Purger(catalog, housekeeping, ledger, clock),
                                new TrashedBranches(catalog, housekeeping, ledger, clock),
                                new WithdrawnOutput(catalog, housekeeping, new NoOutput()),
                                clock),
                        new Condemner(catalog, housekeeping, stores),
                        new Sweeper(housekeeping, new SecondWitness(catalog, housekeeping), clock, settings)),
                new StoreAudit(catalog, housekeeping, stores, new DamageFlags(ledger, catalog, housekeeping)),
                stores,
                circuit,
                clock);
    }

    /** Purges all of the trash and unlinks at once what nobody names. */
    public GcRun everything() {
        return run(new GcOrder(GcRun.Mode.DELETE, true, null, true, GcOrder.Unknown.QUARANTINE, CAUSE));
    }

    /** Does what the schedule does. */
    public GcRun scheduled() {
        return run(GcOrder.scheduled(CAUSE));
    }

    /** Looks only. */
    public GcRun dryRun() {
        return run(new GcOrder(GcRun.Mode.DRY_RUN, true, null, false, GcOrder.Unknown.REPORT, CAUSE));
    }

    private GcRun run(GcOrder order) {
        return collector.run("run-" + ++runs, order);
    }
}
