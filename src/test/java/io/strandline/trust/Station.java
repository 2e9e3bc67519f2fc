package io.strandline.trust;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.checkpoint.VersionLedgers;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.retention.gc.CollectorDriver;
import io.strandline.retention.gc.GcRun;
import io.strandline.retention.plan.PlanDriver;
import io.strandline.runner.BranchRef;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedgers;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All of a server that touches the disk, without HTTP and supervision: journal, catalog, store, engine, sinks, retention and
 * collector, over one data directory on one disk, with one job.
 */
final class Station implements AutoCloseable {

    static final String JOB = "cycle";
    static final int PARTITIONS = 2;
    static final int KEYS = 40;
    static final int SEED = 7;

    private static final Cause CAUSE = Cause.system("test");
    private static final long ROWS_BETWEEN = 150;
    private static final long PATIENCE_SECONDS = 30;
    private static final String PIPELINE = """
            {"name": "cycle",
             "sources": [{"name": "numbers", "type": "sequence", "partitions": %d, "keys": %d, "seed": %d, "rate": 20000}],
             "operators": [{"name": "sums", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                            "aggregates": {"records": "count()", "total": "sum(value)"}, "emit": "NONE"}],
             "sinks": [{"name": "out", "type": "file", "input": "numbers", "path": "out", "format": "json"}],
             "checkpoints": {"interval": "NONE"}, "state": {"backend": "BACKEND"}}
            """.formatted(PARTITIONS, KEYS, SEED);

    final CatalogHarness parts;
    final StoredVersions stored;
    final Engines engines;
    private final CollectorDriver collector;
    private final PlanDriver plans;
    private final SnapshotLedgers ledgers;
    private final String backend;
    private final String pipeline;
    private @Nullable RunningInstance instance;
    private @Nullable Watch watch;

    private Station(Path data, Database database, Disk disk, String backend) throws IOException {
        this.parts = CatalogHarness.start(data, database, disk);
        this.backend = backend;
        this.pipeline = new Pipelines()
                .read(PIPELINE.replace("BACKEND", backend), Pipelines.Syntax.JSON)
                .document()
                .toJson();
        this.stored = LookupFixture.stored(parts.stores, parts.history);
        this.engines = new Engines(data, parts.stores, disk);
        this.collector =
                new CollectorDriver(parts.ledger, parts.catalog, parts.housekeeping, parts.stores, parts.clock);
        this.plans = new PlanDriver(parts.ledger, parts.catalog, parts.history, parts.housekeeping, parts.clock);
        this.ledgers = VersionLedgers.over(parts.ledger, parts.catalog, stored, parts.clock, parts.clock.ids);
    }

    /** Starts on a data directory; {@code backend} is where the job keeps its state. */
    static Station open(Path data, Database database, Disk disk, String backend) throws IOException {
        return new Station(data, database, disk, backend);
    }

    boolean durable() {
        return !backend.equals("memory");
    }

    Branch main() {
        return parts.catalog.branch(JOB, Branch.MAIN).orElseThrow();
    }

    Optional<Snapshot> head() {
        return Optional.ofNullable(main().head()).flatMap(parts.catalog::snapshot);
    }

    void submit() {
        if (parts.catalog.job(JOB).isEmpty()) {
            change(new JobCreated(JOB, JOB, null, pipeline, parts.clock.instant()));
        }
    }

    /** Goes on from the head, or anew when there is none or it went with the memory of a process. */
    void start() throws IOException {
        Optional<Snapshot> head = head().filter(version -> version.condition() != Snapshot.Condition.LOST);
        Manifest from = head.map(stored::manifest).orElse(null);
        InstanceSpec spec = spec(from);
        List<StartObstacle> obstacles = engines.runner.check(spec);
        if (!obstacles.isEmpty()) {
            throw new StepFailed("the start is refused: " + obstacles);
        }
        change(new InstanceStarted(
                JOB,
                Branch.MAIN,
                spec.instanceId(),
                spec.epoch(),
                1,
                1,
                backend,
                from == null ? null : from.id(),
                "START",
                parts.clock.instant()));
        watch = new Watch();
        instance = engines.runner.start(spec, ledgers.open(spec), watch);
        watch.awaitRunning(PATIENCE_SECONDS);
    }

    /** A start as it is now. */
    InstanceSpec spec(@Nullable Manifest from) {
        return new InstanceSpec(
                UUID.randomUUID().toString(),
                new BranchRef(JOB, Branch.MAIN),
                JOB,
                parts.catalog.newestEpoch(JOB) + 1,
                pipeline,
                1,
                1,
                backend,
                from,
                from == null ? List.of() : main().line(),
                Map.of());
    }

    boolean running() {
        return instance != null && watch != null && watch.failure().isEmpty();
    }

    /** Lets some more rows flow, then takes a snapshot. */
    Snapshot checkpoint() {
        RunningInstance running = instance;
        if (running == null) {
            throw new StepFailed("nothing runs");
        }
        long seen = running.metrics().recordsIn();
        await(() -> !running() || running.metrics().recordsIn() >= seen + ROWS_BETWEEN, "no rows flow");
        CheckpointOutcome outcome = running.checkpoint(
                        new CheckpointRequest(UUID.randomUUID().toString(), SnapshotKind.MANUAL, null, null))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        if (outcome instanceof CheckpointOutcome.Completed completed) {
            return parts.catalog.snapshot(completed.id()).orElseThrow();
        }
        throw new StepFailed("no version: " + outcome);
    }

    void tag(Snapshot version, String name) {
        change(new TagCreated(
                new Tag(JOB, name, version.id(), version.number(), null, "test", parts.clock.instant(), null)));
    }

    /** Moves the head back in the entry in which the instance ends, as a rollback does. */
    void rollBackTo(Snapshot version) {
        List<Change> changes = new ArrayList<>();
        RunningInstance running = instance;
        cancel();
        if (running != null) {
            changes.add(ended(running));
        }
        Manifest target = stored.manifest(version);
        changes.add(new HeadMoved(
                JOB, Branch.MAIN, main().head(), version.id(), version.number(), target.line(), "ROLLBACK", null));
        change(changes.toArray(Change[]::new));
    }

    /** Expires what a policy of keeping the newest {@code last} lets go; returns ids. */
    List<String> expire(int last) {
        return plans.keepLast(last).apply();
    }

    /** Purges the trash and unlinks what nobody names. */
    void collect() {
        parts.clock.advance(Duration.ofDays(40));
        GcRun run = collector.everything();
        if (run.outcome() != GcRun.Outcome.DONE) {
            throw new StepFailed("the collection: " + run);
        }
    }

    void stop() {
        RunningInstance running = instance;
        cancel();
        if (running != null) {
            change(ended(running));
        }
    }

    /** Ends the instance without a trace in the ledger. */
    void cancel() {
        if (instance != null) {
            instance.cancel().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            instance = null;
        }
    }

    private InstanceEnded ended(RunningInstance running) {
        return new InstanceEnded(
                JOB, Branch.MAIN, running.spec().instanceId(), "STOPPED", false, null, parts.clock.instant());
    }

    private void change(Change... changes) {
        parts.ledger.change(new Scope.OfJob(JOB), CAUSE, recorder -> {
            List.of(changes).forEach(recorder::record);
            return true;
        });
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new StepFailed(otherwise);
            }
            Thread.onSpinWait();
        }
    }

    /** As a killed process: nothing is noted. */
    @Override
    public void close() throws IOException {
        engines.close();
        parts.kill();
    }

    /** A step that was not acknowledged. */
    static final class StepFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }
}
