package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.job.Claim;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.version.Holds;
import io.strandline.version.move.MovePlan.Destination;
import io.strandline.version.move.RestoreRequest.Mode;
import org.springframework.stereotype.Component;

/** Brings versions back: whatever can refuse is checked before the running instance is touched. */
@Component
public final class Restores {

    private final Planning planning;
    private final Holds holds;

    Restores(Planning planning, Holds holds) {
        this.planning = planning;
        this.holds = holds;
    }

    /**
     * Accepts a restore once nothing stands in its way, or refuses it with nothing touched. From then on the target is held
     * for the operation that is to do it.
     *
     * @throws StrandlineException {@code head-moved}, {@code not-an-ancestor}, {@code protected}, {@code damaged},
     *     {@code snapshot-lost}, {@code pipeline-choice-required}, {@code incompatible-state},
     *     {@code operation-in-progress}, …
     */
    public MovePlan accept(Job job, RestoreRequest request, String operationId, Cause cause) {
        refuseCareless(request);
        Snapshot target = planning.revisions().usable(job, request.to(), request.moved());
        return planning.claimed(job, request.moved(), request.verb(), claim -> {
            Branch branch = planning.branch(claim);
            if (request.mode() == Mode.RESET) {
                HeadChecks.requireExpected(branch, request.expectedHead(), "expectedHead");
            }
            planning.heads().refuseMoved(job, branch, request.expectedHead(), claim.instance());
            if (request.mode() == Mode.ROLLBACK) {
                planning.heads().refuseForeign(job, branch, target);
            }
            MovePlan plan = plan(job, request, target, claim);
            planning.refuseLeavingBehind(plan);
            plan.check();
            holds.keepFor(operationId, job, target, cause);
            return plan;
        });
    }

    /** An accepted restore once more, after the server stopped before it moved the head. */
    MovePlan again(Job job, RestoreRequest request, Snapshot target) {
        return planning.claimed(job, request.moved(), request.verb(), claim -> plan(job, request, target, claim));
    }

    private MovePlan plan(Job job, RestoreRequest request, Snapshot target, Claim claim) {
        Branch branch = planning.branch(claim);
        Destination destination = planning.destinations().named(job, branch, target, request.pipeline());
        return new MovePlan(job, branch, request.verb(), destination, request.options(), claim);
    }

    /** A RESET may leave any number of versions behind, so it has to be meant. */
    private static void refuseCareless(RestoreRequest request) {
        if (request.mode() != Mode.RESET) {
            return;
        }
        if (!request.forced()) {
            String detail = "A RESET may leave versions behind that nothing leads to any more; send force: true if that"
                    + " is meant, or use ROLLBACK or REVERT.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/force", detail)
                    .asException();
        }
        String reason = request.reason();
        if (reason == null || reason.isBlank()) {
            throw Problem.of(ErrorCode.REASON_REQUIRED, "Say in reason why the head is reset.")
                    .withError("/reason", "a RESET needs a reason")
                    .asException();
        }
    }
}
