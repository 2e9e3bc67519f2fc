package io.strandline.checkpoint;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.SnapshotLedger;
import io.strandline.runner.SnapshotLedgers;
import io.strandline.snapshot.SnapshotId;
import org.springframework.stereotype.Component;

/** Opens the ledger through which an instance's finished attempts become versions. */
@Component
final class InstanceLedgers implements SnapshotLedgers {

    private final Ledger ledger;
    private final Catalog catalog;
    private final RefPlacement refs;
    private final Stationery stationery;

    InstanceLedgers(Ledger ledger, Catalog catalog, RefPlacement refs, Stationery stationery) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.refs = refs;
        this.stationery = stationery;
    }

    @Override
    public SnapshotLedger open(InstanceSpec spec) {
        SnapshotId head = catalog.branch(spec.on().jobId(), spec.on().branch())
                .map(Branch::head)
                .orElse(null);
        return new InstanceLedger(spec, head, ledger, refs, stationery);
    }
}
