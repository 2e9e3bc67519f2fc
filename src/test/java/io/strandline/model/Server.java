package io.strandline.model;

import io.strandline.catalog.Cause;
import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.checkpoint.SnapshotVerbs;
import io.strandline.job.JobVerbs;
import io.strandline.operation.Work.Course;
import io.strandline.retention.gc.CollectorDriver;
import io.strandline.retention.gc.NoOutput;
import io.strandline.retention.plan.PlanDriver;
import io.strandline.runner.Instances;
import io.strandline.storage.file.PowerCut;
import io.strandline.version.RefVerbs;
import io.strandline.version.move.InterruptedMoves;
import io.strandline.version.move.MoveRequest;
import io.strandline.version.move.MoveVerbs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server under test: its ledger, catalog, store and verbs, which a power cut or a lost catalog may take away. */
final class Server implements AutoCloseable {

    private final Path root;
    private final Database database;
    final Fuse fuse = new Fuse();
    private PowerCut disk;
    private int cuts;
    CatalogHarness parts;
    StoredVersions stored;
    ModelRunner runner;
    JobVerbs jobs;
    RefVerbs refs;
    MoveVerbs moves;
    SnapshotVerbs snapshots;
    CollectorDriver collector;
    PlanDriver plans;

    Server(Path root, Database database) throws IOException {
        this.root = root;
        this.database = database;
        this.disk = PowerCut.over(root.resolve("disk-0"));
        database.empty();
        open(Instant.EPOCH, null);
    }

    /** A move that the process was in the middle of when it died. */
    record Unfinished(String operationId, String jobId, MoveRequest request) {}

    /** What an operation's work is given. */
    record Doing(String operationId, Cause cause) implements Course {

        @Override
        public void stage(String name) {
            // nobody follows
        }

        @Override
        public void progress(long done, @Nullable Long total, String unit) {
            // nobody follows
        }

        @Override
        public boolean cancelRequested() {
            return false;
        }

        @Override
        public void checkCancelled() {
            // nobody asks for it
        }
    }

    private void open(Instant notBefore, @Nullable Unfinished left) throws IOException {
        parts = CatalogHarness.start(root.resolve("data"), database, (usual, clock) -> disk.store(clock));
        if (parts.clock.instant().isBefore(notBefore)) {
            parts.clock.advance(Duration.between(parts.clock.instant(), notBefore));
        }
        parts.files.beforeSync(fuse);
        stored = LookupFixture.stored(parts.stores, parts.history);
        Instances instances = new Instances();
        runner = new ModelRunner(parts.stores.durable(), parts.clock, root.resolve("work-" + cuts));
        snapshots = SnapshotVerbs.over(parts, stored, instances);
        jobs = JobVerbs.over(parts, runner, new JobVerbs.Roads(stored, snapshots.ledgers(), instances, this::work));
        refs = RefVerbs.over(parts, stored, jobs);
        moves = MoveVerbs.over(
                parts, jobs, refs, new MoveVerbs.Ground(stored, snapshots.checkpoints(), new NoOutput()));
        collector = new CollectorDriver(parts.ledger, parts.catalog, parts.housekeeping, parts.stores, parts.clock);
        plans = new PlanDriver(parts.ledger, parts.catalog, parts.history, parts.housekeeping, parts.clock);
        Optional<InterruptedMoves.Rest> rest = left == null
                ? Optional.empty()
                : moves.interrupted().prepare(left.operationId(), left.jobId(), left.request());
        jobs.comeUp();
        if (left != null && rest.isPresent()) {
            moves.interrupted().run(rest.get(), new Doing(left.operationId(), Sides.ADA.within(left.operationId())));
        }
    }

    /** Supervisors work at once, and not at all in a process that has died. */
    private void work(Runnable work) {
        if (!fuse.burnt()) {
            work.run();
        }
    }

    /** Takes the power away: of the journal and the store only what was fsynced is sure to be there afterwards. */
    void cutPower(boolean catalogLost, long seed, @Nullable Unfinished left) throws IOException {
        Instant now = parts.clock.instant();
        parts.files.cutPower();
        fuse.putOut();
        disk = disk.now(root.resolve("disk-" + ++cuts), seed);
        runner.close();
        jobs.close();
        parts.kill();
        if (catalogLost) {
            database.empty();
        }
        open(now, left);
    }

    Path blobs() {
        return root.resolve("disk-" + cuts).resolve("store/blobs/sha256");
    }

    Instant now() {
        return parts.clock.instant();
    }

    @Override
    public void close() throws IOException {
        runner.close();
        jobs.close();
        parts.close();
    }
}
