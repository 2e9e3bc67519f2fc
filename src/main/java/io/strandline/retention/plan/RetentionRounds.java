package io.strandline.retention.plan;

import io.strandline.catalog.Policy;
import io.strandline.operation.Operations;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.policy.Policies;
import io.strandline.retention.policy.PolicyBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Retention by itself: as often as the policy of each branch says, expired tags and holds are released, then a plan is made
 * and applied, the same two steps a person takes.
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
    private final LongSupplier nanoTime;
    private final Map<Policy.Owner, Round> rounds = new HashMap<>();
    private final Set<Policy.Owner> waiting = new HashSet<>();
    private @Nullable String lastOperation;

    RetentionRounds(Parts parts, LongSupplier nanoTime) {
        this.policies = parts.policies();
        this.plans = parts.plans();
        this.store = parts.store();
        this.references = parts.references();
        this.clockGuard = parts.clockGuard();
        this.operations = parts.operations();
        this.meters = parts.meters();
        this.nanoTime = nanoTime;
        rounds.put(Policy.Owner.SERVER, new Round(nanoTime));
    }

    @Override
    public void tick() {
        try {
            Set<Policy.Owner> due = due();
            if (!due.isEmpty() && mayGoBy(clockGuard.read())) {
                waiting.addAll(due);
            }
            if (!waiting.isEmpty() && !working()) {
                run(Set.copyOf(waiting));
            }
        } catch (StrandlineException e) {
            meters.roundFailed();
            log.warn("a round of retention failed and will be tried again: {}", e.getMessage());
        }
    }

    /** Every level that sets a schedule has its own time. */
    private Set<Policy.Owner> due() {
        PolicyBook book = policies.book();
        List<Policy.Owner> clocks = book.clocks();
        rounds.keySet().retainAll(clocks);
        return clocks.stream()
                .filter(clock -> rounds.computeIfAbsent(clock, any -> new Round(nanoTime))
                        .due(book.effective(clock).policy().schedule()))
                .collect(Collectors.toSet());
    }

    private boolean mayGoBy(ClockGuard.Reading clock) {
        if (clock.suspect()) {
            meters.roundFailed();
            log.warn("retention waits: {}", clock.suspicion());
        }
        return !clock.suspect();
    }

    private boolean working() {
        return lastOperation != null && !operations.get(lastOperation).finished();
    }

    /** Runs a round; those for whom a plan did not suffice go on waiting. */
    private void run(Set<Policy.Owner> clocks) {
        Instant now = clockGuard.read().now();
        store.deleteOld(now);
        references.release(now);
        Optional<PlanMaker.Draft> draft = plans.makeIfAnythingExpires(clocks);
        lastOperation =
                draft.map(made -> plans.applyScheduled(made.plan()).id()).orElse(null);
        if (draft.isEmpty() || draft.get().left() == 0) {
            waiting.removeAll(clocks);
        }
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
