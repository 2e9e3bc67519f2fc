package io.strandline.retention.plan;

import io.strandline.operation.Operations;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.policy.Policies;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Retention by itself: as often as the server's policy says, expired tags and holds are released, then a plan is made and
 * applied, the same two steps a person takes.
 */
final class RetentionRounds implements Ticking {

    private static final Logger log = LoggerFactory.getLogger(RetentionRounds.class);

    private final Policies policies;
    private final Plans plans;
    private final PlanStore store;
    private final ExpiredReferences references;
    private final ClockGuard clockGuard;
    private final Operations operations;
    private final RetentionMeters meters;
    private final Round round;
    private @Nullable String lastOperation;

    RetentionRounds(Parts parts, LongSupplier nanoTime) {
        this.policies = parts.policies();
        this.plans = parts.plans();
        this.store = parts.store();
        this.references = parts.references();
        this.clockGuard = parts.clockGuard();
        this.operations = parts.operations();
        this.meters = parts.meters();
        this.round = new Round(nanoTime);
    }

    @Override
    public void tick() {
        try {
            if (round.due(policies.effective(null).policy().schedule())) {
                run();
            }
        } catch (StrandlineException e) {
            meters.roundFailed();
            log.warn("a round of retention failed and will be tried again: {}", e.getMessage());
        }
    }

    /** Runs a round now, unless the last one is not over yet or the clock is suspect. */
    void run() {
        ClockGuard.Reading clock = clockGuard.read();
        if (clock.suspect()) {
            meters.roundFailed();
            log.warn("retention waits: {}", clock.suspicion());
            return;
        }
        if (lastOperation != null && !operations.get(lastOperation).finished()) {
            return;
        }
        store.deleteOld(clock.now());
        references.release(clock.now());
        Optional<Plan> plan = plans.makeIfAnythingExpires("system");
        lastOperation = plan.map(made -> plans.applyScheduled(made).id()).orElse(null);
    }

    /** Whom it works with. */
    @Component
    record Parts(
            Policies policies,
            Plans plans,
            PlanStore store,
            ExpiredReferences references,
            ClockGuard clockGuard,
            Operations operations,
            RetentionMeters meters) {}
}
