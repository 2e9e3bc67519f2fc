package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.job.Claim;
import io.strandline.job.Lifecycle;
import io.strandline.problem.StrandlineException;
import io.strandline.version.move.MovePlan.Destination;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * What every verb plans a move with.
 *
 * @param catalog what is true
 * @param revisions finds versions
 * @param lifecycle gives the right to move a head
 * @param heads compares heads
 * @param destinations looks at where a head is to go
 */
@Component
record Planning(
        Catalog catalog, Revisions revisions, Lifecycle lifecycle, HeadChecks heads, Destinations destinations) {

    /** Takes a branch for a verb and makes the plan; gives the branch back when that is refused. */
    MovePlan claimed(Job job, String branch, MoveVerb verb, Function<Claim, MovePlan> planned) {
        Claim claim = claim(job, branch, verb);
        boolean accepted = false;
        try {
            MovePlan plan = planned.apply(claim);
            accepted = true;
            return plan;
        } finally {
            if (!accepted) {
                claim.close();
            }
        }
    }

    /** Takes a branch for a verb. */
    Claim claim(Job job, String branch, MoveVerb verb) {
        return lifecycle.claim(
                job, branch, verb.because().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The branch that a claim is about. */
    Branch branch(Claim claim) {
        return catalog.branch(claim.on().jobId(), claim.on().branch()).orElseThrow();
    }

    /**
     * Refuses a destination that the branch's protection or its sinks stand against.
     *
     * @throws StrandlineException {@code protected}, {@code output-not-revertible}
     */
    void refuseLeavingBehind(MovePlan plan) {
        Destination destination = plan.destination();
        Snapshot target = destination.target();
        Branch branch = plan.branch();
        if (plan.verb() != MoveVerb.REVERT) {
            heads.refuseProtected(plan.job(), branch, target);
        }
        if (!plan.options().leavesOutputs() && heads.leavesBehind(branch, target)) {
            destinations.refuseIrrevocable(plan.job(), branch, target);
        }
    }
}
