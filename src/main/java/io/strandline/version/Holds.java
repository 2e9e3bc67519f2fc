package io.strandline.version;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Holds: people and the server keep versions from being deleted, each with a reason. */
@Component
public final class Holds {

    private static final String OPERATION = "operation:";

    private final Ledger ledger;
    private final Catalog catalog;
    private final Moment moment;

    Holds(Ledger ledger, Catalog catalog, Moment moment) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.moment = moment;
    }

    /** A version's holds, newest first. */
    public List<Hold> list(Snapshot version) {
        return catalog.holdsOf(version.id()).stream()
                .sorted((a, b) -> b.id().compareTo(a.id()))
                .toList();
    }

    /**
     * Places a hold for a person.
     *
     * @throws StrandlineException {@code not-durable}, {@code snapshot-trashed}, {@code snapshot-purged}
     */
    public Hold place(Job job, Snapshot version, HoldRequest request, Cause cause) {
        moment.refusePast(request.expiresAt());
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            Snapshot now =
                    Revisions.requireUsable(job, catalog.snapshot(version.id()).orElse(version));
            Tags.refuseNotDurable(now, "held");
            Hold hold = new Hold(
                    moment.id(),
                    job.id(),
                    now.id(),
                    Hold.Kind.USER,
                    request.reason(),
                    cause.actor(),
                    null,
                    moment.now(),
                    request.expiresAt());
            changes.record(new HoldPlaced(hold));
            return hold;
        });
    }

    /**
     * Releases a person's hold.
     *
     * @throws StrandlineException {@code hold-not-found}, {@code system-hold}
     */
    public void release(Job job, Snapshot version, String holdId, Cause cause) {
        ledger.change(new OfJob(job.id()), cause, changes -> {
            Hold hold = catalog.hold(job.id(), holdId)
                    .filter(found -> found.snapshot().equals(version.id()))
                    .orElseThrow(() -> new StrandlineException(
                            ErrorCode.HOLD_NOT_FOUND,
                            "Version " + version.number() + " has no hold '" + holdId + "'."));
            if (hold.kind() == Hold.Kind.SYSTEM) {
                throw systemHold(hold);
            }
            changes.record(new HoldReleased(job.id(), holdId));
            return hold;
        });
    }

    /**
     * Keeps a version for as long as an operation needs it.
     *
     * @throws StrandlineException {@code snapshot-trashed}, {@code snapshot-purged} when it has gone meanwhile
     */
    public void keepFor(String operationId, Job job, Snapshot version, Cause cause) {
        ledger.change(new OfJob(job.id()), cause, changes -> {
            Revisions.requireUsable(job, catalog.snapshot(version.id()).orElse(version));
            Hold hold = new Hold(
                    moment.id(),
                    job.id(),
                    version.id(),
                    Hold.Kind.SYSTEM,
                    "an operation works on it",
                    "system",
                    ownedBy(operationId),
                    moment.now(),
                    null);
            changes.record(new HoldPlaced(hold));
            return hold;
        });
    }

    /** The owner of what an operation holds. */
    public static String ownedBy(String operationId) {
        return OPERATION + operationId;
    }

    /** Releases what an operation on a job held: it is over. */
    public void letGo(String operationId, Job job, Cause cause) {
        ledger.change(new OfJob(job.id()), cause, changes -> {
            List<Hold> held = catalog.systemHolds(ownedBy(operationId));
            held.forEach(hold -> changes.record(new HoldReleased(job.id(), hold.id())));
            return held;
        });
    }

    private static StrandlineException systemHold(Hold hold) {
        String owner = hold.owner() == null ? "the server" : hold.owner();
        int colon = owner.indexOf(':');
        Blocker blocker = new Blocker(
                colon < 0 ? "server" : owner.substring(0, colon),
                owner.substring(colon + 1),
                hold.reason(),
                hold.placedBy(),
                null);
        String until = hold.expiresAt() == null ? "" : ", at the latest at " + hold.expiresAt();
        return Problem.of(
                        ErrorCode.SYSTEM_HOLD,
                        "The hold belongs to " + owner + " and goes when that is done" + until + ".")
                .withBlockers(List.of(blocker))
                .asException();
    }
}
