package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.job.Claim;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.version.Holds;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reverses the last move of a head that a person made and nobody has undone. Undoing twice therefore reverses the move before
 * that one; an undo is not undone. Checkpoints do not count: those since the move are left behind, under an undo window.
 */
@Component
public final class Undos {

    private static final int READ_AT_ONCE = 100;

    private final Planning planning;
    private final History history;
    private final Holds holds;

    Undos(Planning planning, History history, Holds holds) {
        this.planning = planning;
        this.history = history;
        this.holds = holds;
    }

    /**
     * Accepts an undo once nothing stands in its way; else as {@link Restores#accept}.
     *
     * @throws StrandlineException {@code nothing-to-undo}, {@code not-the-last-move}; {@code snapshot-trashed} or
     *     {@code snapshot-purged} when the old head has gone; {@code head-moved}, {@code protected}, {@code damaged}, …
     */
    public MovePlan accept(Job job, UndoRequest request, String operationId, Cause cause) {
        return planning.claimed(job, request.moved(), MoveVerb.UNDO, claim -> {
            planning.heads().refuseMoved(job, planning.branch(claim), request.expectedHead(), claim.instance());
            MovePlan plan = plan(job, request, claim);
            planning.refuseLeavingBehind(plan);
            plan.check();
            Optional.ofNullable(plan.target()).ifPresent(head -> holds.keepFor(operationId, job, head, cause));
            return plan;
        });
    }

    /** An accepted undo once more, after the server stopped before it moved the head. */
    MovePlan again(Job job, UndoRequest request) {
        return planning.claimed(job, request.moved(), MoveVerb.UNDO, claim -> plan(job, request, claim));
    }

    /**
     * The newest move of a branch that has not been reversed, older than {@code before} when given. A move that was taken back,
     * which an undo may be, is as one that was never made.
     */
    Optional<HeadEntry> last(String jobId, String branch, @Nullable Long before) {
        int reversed = 0;
        boolean takenBack = false;
        Long next = before;
        List<HeadEntry> moves;
        do {
            moves = history.moves(jobId, branch, next, READ_AT_ONCE);
            for (HeadEntry move : moves) {
                next = move.sequence();
                String verb = move.verb();
                if (takenBack || verb.equals(MoveVerb.TAKEN_BACK)) {
                    takenBack = !takenBack;
                } else if (verb.equals(MoveVerb.UNDO.name())) {
                    reversed++;
                } else if (MoveVerb.canBeUndone(verb) && reversed-- == 0) {
                    return Optional.of(move);
                }
            }
        } while (moves.size() == READ_AT_ONCE);
        return Optional.empty();
    }

    private MovePlan plan(Job job, UndoRequest request, Claim claim) {
        Branch branch = planning.branch(claim);
        HeadEntry move = last(job.id(), branch.name(), null).orElseThrow(() -> nothing(job, branch));
        Long meant = request.entry();
        if (meant != null && meant != move.sequence()) {
            throw notTheLast(job, meant, move);
        }
        Snapshot target = Optional.ofNullable(move.from())
                .flatMap(planning.catalog()::snapshot)
                .orElse(null);
        if (target != null) {
            refuseGone(job, move, target);
        }
        return new MovePlan(
                job,
                branch,
                MoveVerb.UNDO,
                planning.destinations().before(branch, move, target),
                request.options(),
                claim);
    }

    private static void refuseGone(Job job, HeadEntry move, Snapshot head) {
        try {
            Revisions.requireUsable(job, head);
        } catch (StrandlineException e) {
            boolean trashed = head.state() == Snapshot.State.TRASHED;
            String path = "/api/v1/jobs/" + job.name() + "/snapshots/" + head.id();
            throw Problem.of(
                            e.code(),
                            "The " + move.verb() + " cannot be undone any more: "
                                    + e.problem().detail())
                    .withBlockers(List.of(new Blocker(
                            "snapshot",
                            head.id().toString(),
                            trashed ? "the old head is in the trash" : "the old head was purged",
                            null,
                            trashed ? path + "/undelete" : null)))
                    .asException(e);
        }
    }

    private static StrandlineException nothing(Job job, Branch branch) {
        return new StrandlineException(
                ErrorCode.NOTHING_TO_UNDO,
                "Nobody has moved the head of " + branch.name() + " of job " + job.name()
                        + ", or every move is undone; checkpoints are not undone but rolled back.");
    }

    private static StrandlineException notTheLast(Job job, long meant, HeadEntry last) {
        String to = last.toNumber() == null ? "" : " to version " + last.toNumber();
        return Problem.of(
                        ErrorCode.NOT_THE_LAST_MOVE,
                        "Entry " + meant + " of the reflog is not the last move that can be undone; that is "
                                + last.sequence() + ", the " + last.verb() + to + ".")
                .withBlockers(List.of(new Blocker(
                        "move",
                        Long.toString(last.sequence()),
                        "the " + last.verb() + to,
                        last.cause().actor(),
                        "/api/v1/jobs/" + job.name() + "/undo")))
                .asException();
    }
}
