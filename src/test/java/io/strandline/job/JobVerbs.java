package io.strandline.job;

import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.Instances;
import io.strandline.runner.JobRunner;
import io.strandline.runner.SnapshotLedgers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Starting and stopping over any runner, for tests of other rooms, which say on which threads supervisors work.
 */
public final class JobVerbs implements AutoCloseable {

    private static final Pipelines PIPELINES = new Pipelines();

    public final Jobs jobs;
    public final Lifecycle lifecycle;
    public final JobPipelines pipelines;
    private final Supervisors supervisors;
    private final ScheduledExecutorService timer;

    private JobVerbs(CatalogHarness parts, JobRunner runner, Roads roads) {
        this.timer = Executors.newScheduledThreadPool(0);
        DamageFlags damage = new DamageFlags(parts.ledger, parts.catalog, parts.housekeeping);
        StartChecks checks = new StartChecks(parts.catalog, roads.stored(), PIPELINES, runner, parts.clock.ids, damage);
        Crew crew = new Crew(
                checks,
                new RunBook(parts.ledger, parts.catalog, parts.history, parts.clock),
                new Launcher(runner, roads.ledgers(), roads.instances(), List.of()),
                new Fallbacks(parts.catalog, parts.history, roads.stored(), checks, parts.clock),
                roads.instances(),
                new Crew.Threads(roads.workers(), timer, System::nanoTime, () -> 0.5));
        this.supervisors = new Supervisors(crew, parts.catalog, new JobSettings(Duration.ofSeconds(10)));
        this.lifecycle = new Lifecycle(parts.catalog, supervisors, checks, roads.instances());
        this.pipelines = new JobPipelines(PIPELINES, checks, parts.catalog, supervisors, lifecycle, parts.clock);
        this.jobs = new Jobs(
                parts.ledger,
                parts.catalog,
                parts.history,
                supervisors,
                LookupFixture.trashWindow(parts.catalog),
                new Jobs.Births(parts.clock.ids, parts.clock));
    }

    /**
     * How snapshots get from a runner into the catalog and back, and who does what is to be done.
     *
     * @param stored reads them
     * @param ledgers commit them
     * @param instances knows what runs
     * @param workers runs what supervisors do of their own accord
     */
    public record Roads(StoredVersions stored, SnapshotLedgers ledgers, Instances instances, Executor workers) {}

    public static JobVerbs over(CatalogHarness parts, JobRunner runner, Roads roads) {
        return new JobVerbs(parts, runner, roads);
    }

    /** As when the server comes up: what should run goes on. */
    public void comeUp() {
        supervisors.start();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
