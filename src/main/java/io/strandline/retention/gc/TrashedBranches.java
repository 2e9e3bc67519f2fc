package io.strandline.retention.gc;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.RefChange.BranchPurged;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.Housekeeping;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Purges branches out of the trash, so that their names are free. Their versions stay under the job's policy; what was held so
 * that the branch could come back, or a move of it be undone, is let go.
 */
@Component
final class TrashedBranches {

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final Ledger ledger;
    private final Clock clock;

    TrashedBranches(Catalog catalog, Housekeeping housekeeping, Ledger ledger, Clock clock) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Whether one is due. */
    boolean due() {
        return !housekeeping.branchesInTrash(clock.instant()).isEmpty();
    }

    /** Purges what the order asks for; an order about chosen versions is about no branch. */
    void purge(GcOrder order) {
        if (order.dryRun() || order.snapshots() != null) {
            return;
        }
        housekeeping.branchesInTrash(order.early() ? null : clock.instant()).stream()
                .filter(branch -> order.concerns(branch.trashed()))
                .forEach(branch -> purge(branch, order));
    }

    private void purge(Branch listed, GcOrder order) {
        ledger.change(new Ledger.Scope.OfJob(listed.jobId()), order.cause(), changes -> {
            Trashed trashed = catalog.trashedBranches(listed.jobId()).stream()
                    .filter(branch -> branch.name().equals(listed.name()))
                    .flatMap(branch -> Stream.ofNullable(branch.trashed()))
                    .findFirst()
                    .orElse(null);
            if (trashed != null && order.concerns(trashed) && (order.early() || due(trashed))) {
                holds(listed).forEach(hold -> changes.record(new HoldReleased(hold.jobId(), hold.id())));
                changes.record(new BranchPurged(listed.jobId(), listed.name()));
            }
            return listed;
        });
    }

    private boolean due(Trashed trashed) {
        Instant now = clock.instant();
        return !trashed.purgeAfter().isAfter(now);
    }

    private Stream<Hold> holds(Branch branch) {
        Set<String> owners = Set.of(Hold.ofDeleted(branch.name()), Hold.ofMovesOf(branch.name()));
        return catalog.holds(branch.jobId()).stream()
                .filter(hold -> hold.kind() == Hold.Kind.SYSTEM)
                .filter(hold -> hold.owner() != null && owners.contains(hold.owner()));
    }
}
