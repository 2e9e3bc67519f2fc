package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.catalog.history.Instance;
import io.strandline.job.Claim;
import io.strandline.job.Launch;
import io.strandline.operation.Work.Course;
import io.strandline.runner.OutputMove;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Goes on with restores that a stopped server left unfinished. How far one got the reflog says; which version it was about,
 * the hold that kept it. One that had moved the head only has to start; one that had not begins again.
 */
@Component
public final class InterruptedRestores {

    private static final int FAR_BACK = 50;

    private final Catalog catalog;
    private final History history;
    private final Restores restores;
    private final Holds holds;

    InterruptedRestores(Catalog catalog, History history, Restores restores, Holds holds) {
        this.catalog = catalog;
        this.history = history;
        this.restores = restores;
        this.holds = holds;
    }

    /**
     * What is left of a restore.
     *
     * @param plan the restore as it was accepted
     * @param moved the move of the head it had made, null when it had made none
     */
    public record Rest(RestorePlan plan, @Nullable HeadEntry moved) {}

    /**
     * Takes the branch for what is left; empty when nothing is, or nobody can tell.
     *
     * @throws io.strandline.problem.StrandlineException why it cannot be gone on with
     */
    public Optional<Rest> prepare(String operationId, String jobId, RestoreRequest request) {
        Job job = catalog.job(jobId).orElse(null);
        Snapshot target = catalog.systemHolds(Holds.ownedBy(operationId)).stream()
                .map(Hold::snapshot)
                .findFirst()
                .flatMap(catalog::snapshot)
                .orElse(null);
        if (job == null || target == null) {
            return Optional.empty();
        }
        List<HeadEntry> moves = history.reflog(jobId, request.branchOrMain(), null, FAR_BACK).stream()
                .filter(move -> operationId.equals(move.cause().operationId()))
                .toList();
        if (moves.stream().anyMatch(move -> move.verb().equals(HeadMove.TAKEN_BACK))) {
            return Optional.empty();
        }
        HeadEntry moved = moves.isEmpty() ? null : moves.get(moves.size() - 1);
        return Optional.of(new Rest(restores.again(job, request, target, moved != null), moved));
    }

    /**
     * Does it. Closes the claim.
     *
     * @throws io.strandline.problem.StrandlineException why the start failed; a head that had moved before the server
     *     stopped stays where it is
     */
    public RestoreOutcome run(Rest rest, Course course) {
        HeadEntry moved = rest.moved();
        if (moved == null) {
            return restores.run(rest.plan(), course);
        }
        RestorePlan plan = rest.plan();
        try (Claim claim = plan.claim()) {
            Boolean asked = plan.request().start();
            boolean start = asked == null ? plan.branch().desired() == Branch.Desired.RUNNING : asked;
            List<OutputMove> outputs = start && !startedSince(moved) ? start(plan, claim, course) : List.of();
            return new RestoreOutcome(plan.target(), version(moved.from()), head(plan, moved), null, start, outputs);
        } finally {
            holds.letGo(course.operationId(), plan.job(), course.cause());
        }
    }

    /** Gives back what preparing took. */
    public void giveUp(Rest rest, String operationId, io.strandline.catalog.Cause cause) {
        restores.giveUp(rest.plan(), operationId, cause);
    }

    private List<OutputMove> start(RestorePlan plan, Claim claim, Course course) {
        course.stage("start");
        claim.giveUpWhen(course::cancelRequested);
        Branch branch = plan.branch();
        Launch last = claim.continuation(Launch.RESTORE);
        return claim.start(Restores.launch(plan, branch.head(), branch.line(), last), course.cause(), List::of);
    }

    /** Whether the instance that the restore was to start had begun; it comes up by itself then. */
    private boolean startedSince(HeadEntry moved) {
        return history.newestInstance(moved.jobId(), moved.branch())
                .map(Instance::startedAt)
                .filter(at -> at.isAfter(moved.at()))
                .isPresent();
    }

    private Snapshot head(RestorePlan plan, HeadEntry moved) {
        Snapshot head = version(moved.to());
        return head == null ? plan.target() : head;
    }

    private @Nullable Snapshot version(io.strandline.snapshot.@Nullable SnapshotId id) {
        return Optional.ofNullable(id).flatMap(catalog::snapshot).orElse(null);
    }
}
