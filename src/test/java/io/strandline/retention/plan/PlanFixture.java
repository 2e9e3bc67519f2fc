package io.strandline.retention.plan;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.work.OperationLog;
import io.strandline.operation.OperationSettings;
import io.strandline.operation.Operations;
import io.strandline.retention.MemoryDocuments;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
import io.strandline.retention.policy.PolicyFixture;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Duration;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** The parts that make, store and apply plans, put together over a world in memory. */
final class PlanFixture {

    private static final JsonMapper JSON = JsonMapper.shared();

    final SettableClock clock = new SettableClock();
    final MemoryWorld world = new MemoryWorld(clock);
    final PolicyFixture policy = new PolicyFixture(world, clock);
    final Operations operations;
    final ClockGuard guard;
    final MemoryDocuments documents = new MemoryDocuments();
    final PlanStore store;
    final Plans plans;
    final PolicyEdits edits;

    private final Catalog catalog = world.as(Catalog.class);
    private final Ledger ledger = world.as(Ledger.class);
    private final History history = world.as(History.class);
    private final Housekeeping housekeeping = world.as(Housekeeping.class);
    private final RetentionMeters meters = new RetentionMeters(new SimpleMeterRegistry());

    PlanFixture() {
        RetentionSettings settings = new RetentionSettings(
                Duration.ofHours(1), Duration.ofDays(30), 0.2, 50_000, Duration.ofHours(24), Duration.ofSeconds(5));
        TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(7));
        operations =
                new Operations(ledger, world.as(OperationLog.class), ids, JSON, clock, new OperationSettings(2, 10));
        guard = new ClockGuard(clock, clock::nanoTime, history, settings.clockJump());
        store = new PlanStore(documents, JSON, ids, settings);
        plans = new Plans(maker(settings), store, application(), policy.policies(), guard, operations);
        edits = new PolicyEdits(
                policy.liveJobs(),
                policy.policies(),
                policy.recorder(ledger),
                plans,
                new Impact(policy.policies(), policy.judgements(), clock, settings),
                JSON);
    }

    private PlanMaker maker(RetentionSettings settings) {
        return new PlanMaker(
                policy.liveJobs(),
                policy.policies(),
                policy.judgements(),
                new PlanMaker.Reads(catalog, housekeeping, policy.replay()),
                guard,
                settings);
    }

    private PlanApplication application() {
        return new PlanApplication(
                new PlanApplication.Reads(catalog, history),
                ledger,
                policy.policies(),
                policy.histories(),
                clock,
                meters);
    }

    /** Rounds by the schedule of the same parts. */
    RetentionRounds rounds() {
        ExpiredReferences expired = new ExpiredReferences(housekeeping, ledger, meters);
        return new RetentionRounds(
                new RetentionRounds.Parts(policy.policies(), plans, store, expired, guard, operations, meters),
                clock::nanoTime);
    }
}
