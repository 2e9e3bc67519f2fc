package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.job.Claim;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.version.Holds;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Puts a fork in {@code main}'s place: {@code main} takes the fork's head and pipeline and goes on into its own sinks. State
 * moves, output does not; the fork stays, stopped.
 */
@Component
public final class Promotions {

    private final Planning planning;
    private final Holds holds;

    Promotions(Planning planning, Holds holds) {
        this.planning = planning;
        this.holds = holds;
    }

    /**
     * Accepts a promotion once nothing stands in its way; else as {@link Restores#accept}.
     *
     * @throws StrandlineException {@code head-moved} for either branch; {@code protected}, {@code damaged}, …
     */
    public MovePlan accept(Job job, PromoteRequest request, String operationId, Cause cause) {
        refuseMain(request);
        return planning.claimed(
                job,
                Branch.MAIN,
                MoveVerb.PROMOTE,
                claim -> withFork(job, request, claim, plan -> {
                    Branch main = plan.branch();
                    HeadChecks.requireExpected(main, request.expectedMainHead(), "expectedMainHead");
                    planning.heads().refuseMoved(job, main, request.expectedMainHead(), claim.instance());
                    MovePlan.Origin.Fork origin =
                            (MovePlan.Origin.Fork) plan.destination().because();
                    planning.heads()
                            .refuseMoved(
                                    job,
                                    origin.fork(),
                                    request.expectedHead(),
                                    origin.claim().instance());
                    planning.refuseLeavingBehind(plan);
                    plan.check();
                    Optional.ofNullable(plan.target()).ifPresent(head -> holds.keepFor(operationId, job, head, cause));
                }));
    }

    /** An accepted promotion once more, after the server stopped before it moved the head. */
    MovePlan again(Job job, PromoteRequest request) {
        return planning.claimed(job, Branch.MAIN, MoveVerb.PROMOTE, claim -> withFork(job, request, claim, plan -> {}));
    }

    /** Checks a plan and throws when it cannot be. */
    @FunctionalInterface
    private interface Check {
        void of(MovePlan plan);
    }

    private MovePlan withFork(Job job, PromoteRequest request, Claim main, Check check) {
        Claim claim = planning.claim(job, request.branch(), MoveVerb.PROMOTE);
        boolean accepted = false;
        try {
            Branch fork = planning.branch(claim);
            MovePlan plan = new MovePlan(
                    job,
                    planning.branch(main),
                    MoveVerb.PROMOTE,
                    planning.destinations().fork(fork, head(job, fork), claim),
                    request.options(),
                    main);
            check.of(plan);
            accepted = true;
            return plan;
        } finally {
            if (!accepted) {
                claim.close();
            }
        }
    }

    private Snapshot head(Job job, Branch fork) {
        SnapshotId head = fork.head();
        return Optional.ofNullable(head)
                .flatMap(planning.catalog()::snapshot)
                .map(version -> Revisions.requireUsable(job, version))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND,
                        "Branch " + fork.name() + " of job " + job.name() + " has no version to promote yet."));
    }

    private static void refuseMain(PromoteRequest request) {
        if (request.branch().equals(Branch.MAIN)) {
            String detail = "main cannot be promoted to itself; name the fork that is to take its place.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/branch", detail)
                    .asException();
        }
    }
}
