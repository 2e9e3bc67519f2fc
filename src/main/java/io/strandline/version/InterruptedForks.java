package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.job.Claim;
import io.strandline.job.Lifecycle;
import io.strandline.operation.Work.Course;
import io.strandline.problem.StrandlineException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Goes on with forks that a stopped server left unfinished. One whose branch was made only has to start it; one that had not
 * begun begins again, at the version that was held for it.
 */
@Component
public final class InterruptedForks {

    private static final int FAR_BACK = 500;

    private final Catalog catalog;
    private final History history;
    private final Forks forks;
    private final Lifecycle lifecycle;
    private final Holds holds;

    InterruptedForks(Catalog catalog, History history, Forks forks, Lifecycle lifecycle, Holds holds) {
        this.catalog = catalog;
        this.history = history;
        this.forks = forks;
        this.lifecycle = lifecycle;
        this.holds = holds;
    }

    /**
     * What is left of a fork.
     *
     * @param made whether the branch is there
     * @param started whether its instance had begun; it comes up by itself then
     */
    public record Rest(ForkPlan plan, boolean made, boolean started) {}

    /**
     * Takes the branch for what is left; empty when nothing is, or nobody can tell.
     *
     * @throws StrandlineException why it cannot be gone on with
     */
    public Optional<Rest> prepare(String operationId, String jobId, ForkRequest request) {
        Job job = catalog.job(jobId).orElse(null);
        Snapshot source = catalog.systemHolds(Holds.ownedBy(operationId)).stream()
                .map(Hold::snapshot)
                .findFirst()
                .flatMap(catalog::snapshot)
                .orElse(null);
        if (job == null || source == null) {
            return Optional.empty();
        }
        Branch made = catalog.branch(jobId, request.name())
                .filter(branch -> isOf(operationId, branch))
                .orElse(null);
        Claim claim = lifecycle.claimNew(job, request.name());
        try {
            Branch branch = made == null ? forks.draft(job, request, source) : made;
            boolean started = made != null
                    && history.newestInstance(jobId, request.name()).isPresent();
            return Optional.of(new Rest(new ForkPlan(job, branch, request, claim), made != null, started));
        } catch (StrandlineException e) {
            claim.close();
            throw e;
        }
    }

    /**
     * Does it. Closes the claim.
     *
     * @throws StrandlineException why the start failed; the branch stays, stopped
     */
    public void run(Rest rest, Course course) {
        if (!rest.made()) {
            forks.run(rest.plan(), course);
            return;
        }
        try (Claim claim = rest.plan().claim()) {
            if (!rest.started()) {
                forks.start(rest.plan(), course);
            }
        } finally {
            holds.letGo(course.operationId(), rest.plan().job(), course.cause());
        }
    }

    /** Gives back what preparing took. */
    public void giveUp(Rest rest, String operationId, Cause cause) {
        forks.giveUp(rest.plan(), operationId, cause);
    }

    /** Whether it was the operation that made the branch, as its reflog says. */
    private boolean isOf(String operationId, Branch branch) {
        return history.reflog(branch.jobId(), branch.name(), null, FAR_BACK).stream()
                .anyMatch(entry -> entry.verb().equals(Forks.VERB)
                        && operationId.equals(entry.cause().operationId()));
    }
}
