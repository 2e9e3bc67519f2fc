package io.strandline.operation;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.operation.Resumption.Rest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes care of what a stopped server left unfinished: what can be gone on with is, under its old id; the rest ends FAILED
 * {@code interrupted}, and holds nothing any more. Prepared before jobs come up, done once they do.
 */
@Component
final class InterruptedOperations implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InterruptedOperations.class);
    private static final String OWNER = "operation:";

    /** Before the supervisors of jobs, which have the last phase, so that a branch is taken before it is started. */
    private static final int PHASE = 0;

    private final Operations operations;
    private final Ledger ledger;
    private final Catalog catalog;
    private final Map<String, Resumption> byType;
    private final List<Runnable> prepared = new ArrayList<>();
    private volatile boolean running;

    InterruptedOperations(Operations operations, Ledger ledger, Catalog catalog, List<Resumption> resumptions) {
        this.operations = operations;
        this.ledger = ledger;
        this.catalog = catalog;
        this.byType = resumptions.stream().collect(Collectors.toMap(Resumption::type, Function.identity()));
    }

    @Override
    public void start() {
        running = true;
        Set<String> resumed = new HashSet<>();
        for (LoggedOperation left : operations.records().unfinished()) {
            Optional<Rest> rest = rest(left);
            if (rest.isPresent()) {
                log.info("operation {} ({}) goes on where the server stopped", left.id(), left.type());
                prepared.add(operations.resume(left, rest.get()));
                resumed.add(OWNER + left.id());
            } else {
                operations.records().interrupt(left);
            }
        }
        releaseHolds(resumed);
    }

    private Optional<Rest> rest(LoggedOperation left) {
        Resumption resumption = byType.get(left.type());
        try {
            return resumption == null ? Optional.empty() : resumption.prepare().apply(left);
        } catch (RuntimeException e) {
            log.warn("operation {} ({}) cannot go on: {}", left.id(), left.type(), e.toString());
            return Optional.empty();
        }
    }

    private void releaseHolds(Set<String> resumed) {
        Cause cause = Cause.system("its operation is over");
        for (Hold hold : catalog.systemHolds(OWNER)) {
            if (!resumed.contains(hold.owner())) {
                ledger.record(new OfJob(hold.jobId()), cause, List.of(new HoldReleased(hold.jobId(), hold.id())));
            }
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void goOn() {
        prepared.forEach(Runnable::run);
        prepared.clear();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
