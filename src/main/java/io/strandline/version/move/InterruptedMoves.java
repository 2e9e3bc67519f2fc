package io.strandline.version.move;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.operation.Work.Course;
import io.strandline.version.Holds;
import io.strandline.version.move.Moves.Earlier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Goes on with moves that a stopped server left unfinished. How far one got the reflog says; which version it was about, the
 * hold that kept it. One that had moved the head only has to start; one that had not begins again.
 */
@Component
public final class InterruptedMoves {

    private static final int FAR_BACK = 50;

    private final Catalog catalog;
    private final History history;
    private final Verbs verbs;
    private final StandingMoves standing;
    private final Moves moves;

    InterruptedMoves(Catalog catalog, History history, Verbs verbs, StandingMoves standing, Moves moves) {
        this.catalog = catalog;
        this.history = history;
        this.verbs = verbs;
        this.standing = standing;
        this.moves = moves;
    }

    /** Those who plan moves. */
    @Component
    record Verbs(Restores restores, FastForwards fastForwards, Promotions promotions, Undos undos) {}

    /**
     * What is left of a move.
     *
     * @param plan the move as it was accepted
     * @param moved the move of the head it had made, null when it had made none
     */
    public record Rest(MovePlan plan, @Nullable HeadEntry moved) {}

    /**
     * Takes the branches for what is left; empty when nothing is, or nobody can tell.
     *
     * @throws io.strandline.problem.StrandlineException why it cannot be gone on with
     */
    public Optional<Rest> prepare(String operationId, String jobId, MoveRequest request) {
        Job job = catalog.job(jobId).orElse(null);
        if (job == null) {
            return Optional.empty();
        }
        List<HeadEntry> made = history.moves(jobId, request.moved(), null, FAR_BACK).stream()
                .filter(move -> operationId.equals(move.cause().operationId()))
                .toList();
        if (made.stream().anyMatch(move -> move.verb().equals(MoveVerb.TAKEN_BACK))) {
            return Optional.empty();
        }
        if (!made.isEmpty()) {
            HeadEntry moved = made.get(made.size() - 1);
            return Optional.of(new Rest(standing.plan(job, request, moved), moved));
        }
        return again(operationId, job, request).map(plan -> new Rest(plan, null));
    }

    /**
     * Does it. Closes the plan.
     *
     * @throws io.strandline.problem.StrandlineException why the start failed; the head is then back where it was
     */
    public MoveOutcome run(Rest rest, Course course) {
        HeadEntry moved = rest.moved();
        if (moved == null) {
            return moves.run(rest.plan(), course);
        }
        Earlier earlier = standing.earlier(rest.plan(), course.operationId());
        return moves.finish(rest.plan(), standing.traces(rest.plan(), course.operationId()), earlier, course);
    }

    /** Gives back what preparing took. */
    public void giveUp(Rest rest, String operationId, Cause cause) {
        moves.giveUp(rest.plan(), operationId, cause);
    }

    private Optional<MovePlan> again(String operationId, Job job, MoveRequest request) {
        if (request instanceof PromoteRequest promote) {
            return Optional.of(verbs.promotions().again(job, promote));
        }
        if (request instanceof UndoRequest undo) {
            return Optional.of(verbs.undos().again(job, undo));
        }
        return held(operationId)
                .map(target -> request instanceof FastForwardRequest fastForward
                        ? verbs.fastForwards().again(job, fastForward, target)
                        : verbs.restores().again(job, (RestoreRequest) request, target));
    }

    private Optional<Snapshot> held(String operationId) {
        return catalog.systemHolds(Holds.ownedBy(operationId)).stream()
                .map(Hold::snapshot)
                .findFirst()
                .flatMap(catalog::snapshot);
    }
}
