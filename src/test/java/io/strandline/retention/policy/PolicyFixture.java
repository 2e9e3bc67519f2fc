package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The parts of this room over a world in memory. */
public final class PolicyFixture {

    private final Catalog catalog;
    private final Clock clock;
    private final Policies policies;
    private final Histories histories;

    public PolicyFixture(MemoryWorld world, SettableClock clock) {
        this(world.as(Catalog.class), world.as(History.class), world.as(Housekeeping.class), clock);
    }

    /** Every look finds a change, so that nothing is remembered. */
    private long changes;

    /** The same over any catalog. */
    public PolicyFixture(Catalog catalog, History history, Housekeeping housekeeping, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
        this.policies = new Policies(catalog, JsonMapper.shared());
        this.histories = new Histories(catalog, history, housekeeping);
    }

    public Policies policies() {
        return policies;
    }

    public Histories histories() {
        return histories;
    }

    public Judgements judgements() {
        return new Judgements(histories);
    }

    public LiveJobs liveJobs() {
        return new LiveJobs(catalog);
    }

    public PolicyRecorder recorder(Ledger ledger) {
        return new PolicyRecorder(catalog, ledger, policies, clock);
    }

    /** Knows of no pipeline, and so of no source. */
    public ReplayOutlook replay() {
        return new ReplayOutlook(catalog, version -> List.of(), (jobId, pipeline) -> positions -> List.of());
    }

    public Explanations explanations() {
        return new Explanations(
                catalog,
                policies,
                new RecentHistories(judgements(), job -> ++changes, 0),
                judgements(),
                replay(),
                clock);
    }
}
