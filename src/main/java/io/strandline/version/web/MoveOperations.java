package io.strandline.version.web;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.StrandlineException;
import io.strandline.version.move.MovePlan;
import io.strandline.version.move.MoveRequest;
import io.strandline.version.move.Moves;
import io.strandline.web.Caller;
import org.springframework.stereotype.Component;

/** Turns an accepted move of a head into the operation that makes it. */
@Component
class MoveOperations {

    private final NamedJobs jobs;
    private final Moves moves;
    private final Operations operations;

    MoveOperations(NamedJobs jobs, Moves moves, Operations operations) {
        this.jobs = jobs;
        this.moves = moves;
        this.operations = operations;
    }

    /** Plans a move for an operation, or refuses it. */
    @FunctionalInterface
    interface Acceptance<R extends MoveRequest> {
        MovePlan accept(Job job, R request, String operationId, Cause cause);
    }

    /** Plans a move and submits the operation that makes it. */
    <R extends MoveRequest> Operation submit(
            String type, String job, R request, Caller caller, Acceptance<R> acceptance) {
        Job found = jobs.live(job);
        String id = operations.newId();
        Cause cause = caller.cause(request.reason());
        MovePlan plan = acceptance.accept(found, request, id, cause.within(id));
        Runnable giveUp = () -> moves.giveUp(plan, id, cause.within(id));
        try {
            Operation operation = operations.submit(
                    id,
                    new Submission(type, found.id(), request, cause),
                    course -> MovedResponse.of(plan, moves.run(plan, course)),
                    giveUp);
            plan.heldFor(id, () -> operations.get(id).finished());
            return operation;
        } catch (StrandlineException e) {
            giveUp.run();
            throw e;
        }
    }
}
