package io.strandline.model;

import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.jpa.Database;
import io.strandline.checkpoint.SnapshotVerbs;
import io.strandline.checkpoint.Snapshots;
import io.strandline.retention.gc.CollectorDriver;
import io.strandline.retention.plan.PlanDriver;
import io.strandline.storage.file.PowerCut;
import io.strandline.version.RefVerbs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The server under test: its ledger, catalog, store and verbs, which a power cut or a lost catalog may take away. */
final class Server implements AutoCloseable {

    private final Path root;
    private final Database database;
    private PowerCut disk;
    private int cuts;
    CatalogHarness parts;
    RefVerbs refs;
    Snapshots snapshots;
    CollectorDriver collector;
    PlanDriver plans;

    Server(Path root, Database database) throws IOException {
        this.root = root;
        this.database = database;
        this.disk = PowerCut.over(root.resolve("disk-0"));
        database.empty();
        open(Instant.EPOCH);
    }

    private void open(Instant notBefore) throws IOException {
        parts = CatalogHarness.start(root.resolve("data"), database, (usual, clock) -> disk.store(clock));
        while (parts.clock.instant().isBefore(notBefore)) {
            parts.clock.advance(java.time.Duration.between(parts.clock.instant(), notBefore));
        }
        refs = RefVerbs.over(parts.ledger, parts.catalog, parts.history, parts.clock, parts.clock.ids);
        snapshots = SnapshotVerbs.over(parts.ledger, parts.catalog, parts.history, parts.clock, parts.clock.ids);
        collector = new CollectorDriver(parts.ledger, parts.catalog, parts.housekeeping, parts.stores, parts.clock);
        plans = new PlanDriver(parts.ledger, parts.catalog, parts.history, parts.housekeeping, parts.clock);
    }

    /** Takes the power away: of the journal and the store only what was fsynced is sure to be there afterwards. */
    void cutPower(boolean catalogLost, long seed) throws IOException {
        Instant now = parts.clock.instant();
        parts.files.cutPower();
        parts.kill();
        disk = disk.now(root.resolve("disk-" + ++cuts), seed);
        if (catalogLost) {
            database.empty();
        }
        open(now);
    }

    Path blobs() {
        return root.resolve("disk-" + cuts).resolve("store/blobs/sha256");
    }

    Instant now() {
        return parts.clock.instant();
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
