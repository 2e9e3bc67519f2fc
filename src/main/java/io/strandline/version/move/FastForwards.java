package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.job.Claim;
import io.strandline.problem.StrandlineException;
import io.strandline.version.Holds;
import io.strandline.version.move.MovePlan.Destination;
import org.springframework.stereotype.Component;

/** Moves heads on to descendants; nothing is left behind. */
@Component
public final class FastForwards {

    private final Planning planning;
    private final Holds holds;

    FastForwards(Planning planning, Holds holds) {
        this.planning = planning;
        this.holds = holds;
    }

    /**
     * Accepts a fast-forward once nothing stands in its way; else as {@link Restores#accept}.
     *
     * @throws StrandlineException {@code diverged} with the merge base; {@code head-moved}, {@code damaged}, …
     */
    public MovePlan accept(Job job, FastForwardRequest request, String operationId, Cause cause) {
        Snapshot target = planning.revisions().usable(job, request.to(), request.moved());
        return planning.claimed(job, request.moved(), MoveVerb.FAST_FORWARD, claim -> {
            Branch branch = planning.branch(claim);
            HeadChecks.requireExpected(branch, request.expectedHead(), "expectedHead");
            planning.heads().refuseMoved(job, branch, request.expectedHead(), claim.instance());
            planning.heads().refuseDiverged(branch, target);
            MovePlan plan = plan(job, request, target, claim);
            plan.check();
            holds.keepFor(operationId, job, target, cause);
            return plan;
        });
    }

    /** An accepted fast-forward once more, after the server stopped before it moved the head. */
    MovePlan again(Job job, FastForwardRequest request, Snapshot target) {
        return planning.claimed(
                job, request.moved(), MoveVerb.FAST_FORWARD, claim -> plan(job, request, target, claim));
    }

    private MovePlan plan(Job job, FastForwardRequest request, Snapshot target, Claim claim) {
        Branch branch = planning.branch(claim);
        Destination destination = planning.destinations().named(job, branch, target, request.pipeline());
        return new MovePlan(job, branch, MoveVerb.FAST_FORWARD, destination, request.options(), claim);
    }
}
