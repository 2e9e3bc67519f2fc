package io.strandline.retention.gc;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.inventory.AuditFindings;
import io.strandline.retention.inventory.StoreAudit;
import io.strandline.storage.SnapshotStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Runs a collection: purge, condemn, unlink; one at a time, on both stores. The first fault ends it and opens the circuit. */
@Component
final class Collector {

    private static final List<Boolean> BOTH_STORES = List.of(true, false);

    private final TrashEmptier trash;
    private final Condemner condemner;
    private final Sweeper sweeper;
    private final StoreAudit storeAudit;
    private final SnapshotStores stores;
    private final Circuit circuit;
    private final Clock clock;

    Collector(Steps steps, StoreAudit storeAudit, SnapshotStores stores, Circuit circuit, Clock clock) {
        this.trash = steps.trash();
        this.condemner = steps.condemner();
        this.sweeper = steps.sweeper();
        this.storeAudit = storeAudit;
        this.stores = stores;
        this.circuit = circuit;
        this.clock = clock;
    }

    /** What a collection goes through, in this order. */
    @Component
    record Steps(TrashEmptier trash, Condemner condemner, Sweeper sweeper) {}

    /** Whether a scheduled run would find anything to do. */
    synchronized boolean hasWork() {
        try {
            return trash.hasWork()
                    || condemner.hasWork()
                    || sweeper.hasWork(stores.durable())
                    || sweeper.hasWork(stores.memory());
        } catch (IOException e) {
            return true;
        }
    }

    /** Runs one and reports; a fault is in the report and has opened the circuit. */
    synchronized GcRun run(String id, GcOrder order) {
        Instant startedAt = clock.instant();
        Tally tally = new Tally();
        String fault = null;
        try {
            refuseWhileOpen(order);
            if (order.audit()) {
                audit(tally);
            }
            work(order, tally);
            if (order.dryRun()) {
                circuit.close();
            }
        } catch (IOException e) {
            fault = String.valueOf(e.getMessage());
            circuit.open(clock.instant(), fault);
        }
        return tally.report(id, order, startedAt, clock.instant(), fault);
    }

    private void work(GcOrder order, Tally tally) throws IOException {
        condemner.add(trash.empty(order, tally));
        for (boolean durable : BOTH_STORES) {
            if (!order.dryRun()) {
                condemner.condemn(durable, tally);
            }
            if (order.unknown() != GcOrder.Unknown.IGNORE) {
                boolean quarantine = order.unknown() == GcOrder.Unknown.QUARANTINE && !order.dryRun();
                condemner.unknown(durable, quarantine, tally);
            }
            tally.swept(sweeper.sweep(stores.of(durable), order, tally));
        }
    }

    /** Whoever compares all is heard like a witness: rows and manifests that differ switch deletion off. */
    private void audit(Tally tally) throws IOException {
        AuditFindings findings = storeAudit.run();
        tally.audited(findings);
        if (findings.disagreements() > 0) {
            throw WitnessException.unheard(
                    "Reference rows and manifests of " + findings.disagreements()
                            + " versions do not name the same files.",
                    null);
        }
    }

    private void refuseWhileOpen(GcOrder order) {
        circuit.fault().filter(open -> !order.dryRun()).ifPresent(open -> {
            throw refusal(open);
        });
    }

    static StrandlineException refusal(Circuit.Fault open) {
        return new StrandlineException(
                ErrorCode.CIRCUIT_OPEN,
                "Nothing is deleted since " + open.at() + ": " + open.detail()
                        + " Mend it, then POST /api/v1/gc/runs with mode DRY_RUN or AUDIT; a clean one switches deletion on again.");
    }
}
