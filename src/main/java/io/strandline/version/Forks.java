package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Fork;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.RefNames;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.job.Claim;
import io.strandline.job.Lifecycle;
import io.strandline.operation.Work.Course;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.LineSegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes branches at any version. Nothing is copied: the branch names the version, and the version its files, so the branch it
 * came from may go.
 */
@Component
public final class Forks {

    /** What making a branch is called in its reflog. */
    static final String VERB = "FORK";

    private final Ledger ledger;
    private final Catalog catalog;
    private final Sources sources;
    private final Lifecycle lifecycle;
    private final Holds holds;
    private final Moment moment;

    Forks(Ledger ledger, Catalog catalog, Sources sources, Lifecycle lifecycle, Holds holds, Moment moment) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.sources = sources;
        this.lifecycle = lifecycle;
        this.holds = holds;
        this.moment = moment;
    }

    /** What finds the version that a branch is to begin at, and the pipeline it is to run. */
    @Component
    record Sources(Revisions revisions, StoredVersions stored, DamageFlags damage, PipelineChoices choices) {}

    /**
     * Makes a branch that is not started.
     *
     * @throws StrandlineException {@code invalid-name}, {@code name-taken}, {@code tag-exists}, {@code snapshot-not-found},
     *     {@code snapshot-trashed}, {@code snapshot-purged}, {@code not-durable}, {@code damaged}, {@code snapshot-lost},
     *     {@code pipeline-choice-required}
     */
    public Branch create(Job job, ForkRequest request, Cause cause) {
        Snapshot source = sources.revisions().usable(job, request.from(), Branch.MAIN);
        Branch draft = draft(job, request, source);
        try (Claim claim = lifecycle.claimNew(job, draft.name())) {
            return create(job, draft, cause);
        }
    }

    /**
     * Accepts a branch that is to be made and started, once nothing stands in the way of either. From then on its version is
     * held for the operation that is to do it.
     *
     * @throws StrandlineException as {@link #create}, and what a start refuses: {@code sink-choice-required}, {@code
     *     incompatible-state}, {@code output-taken}, …
     */
    public ForkPlan accept(Job job, ForkRequest request, String operationId, Cause cause) {
        Snapshot source = sources.revisions().usable(job, request.from(), Branch.MAIN);
        Branch draft = draft(job, request, source);
        lifecycle.checkFork(draft, request.startWithReason(), "/start");
        // not before all that is refused, since whatever was claimed is remembered
        Claim claim = lifecycle.claimNew(job, draft.name());
        try {
            refuseTaken(job, draft.name());
            holds.keepFor(operationId, job, source, cause);
            return new ForkPlan(job, draft, request, claim);
        } catch (StrandlineException e) {
            claim.close();
            throw e;
        }
    }

    /**
     * Makes the branch and starts it. Closes the claim.
     *
     * @throws StrandlineException why it did not come up; the branch stays, stopped
     */
    public void run(ForkPlan plan, Course course) {
        try (Claim claim = plan.claim()) {
            course.stage("create");
            create(plan.job(), plan.branch(), course.cause());
            start(plan, course);
        } finally {
            holds.letGo(course.operationId(), plan.job(), course.cause());
        }
    }

    /** Starts a branch that has been made. Closes the claim. */
    void start(ForkPlan plan, Course course) {
        course.stage("start");
        plan.claim().giveUpWhen(course::cancelRequested);
        try {
            lifecycle.start(plan.claim(), plan.request().startWithReason(), course.cause());
        } catch (StrandlineException e) {
            Problem why = e.problem();
            String name = plan.branch().name();
            throw why.withDetail("Branch " + name + " was made and stays stopped: " + why.detail())
                    .asException(e);
        }
    }

    /** Gives back what accepting it took, when the operation will not do it. */
    public void giveUp(ForkPlan plan, String operationId, Cause cause) {
        try (Claim claim = plan.claim()) {
            holds.letGo(operationId, plan.job(), cause);
        }
    }

    /** The branch as it will be. */
    Branch draft(Job job, ForkRequest request, Snapshot source) {
        RefNames.check(request.name(), "/name");
        refuseTaken(job, request.name());
        Tags.refuseNotDurable(source, "forked");
        List<LineSegment> line = sources.damage()
                .watching(source, () -> sources.stored().manifest(source))
                .line();
        refuseDamaged(source);
        Branch parent = catalog.branch(job.id(), source.branch())
                .or(() -> catalog.branch(job.id(), Branch.MAIN))
                .orElseThrow();
        Fork fork = new Fork(request.from().text(), source.id(), source.number(), source.branch(), moment.now());
        return new Branch(
                job.id(),
                request.name(),
                source.id(),
                source.number(),
                line,
                sources.choices().choose(job, parent.pipelineVersion(), source, request.pipeline()),
                Branch.Desired.STOPPED,
                0,
                null,
                false,
                fork,
                Protection.NONE,
                Map.of(),
                null);
    }

    private Branch create(Job job, Branch draft, Cause cause) {
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            refuseTrashed(job);
            refuseTaken(job, draft.name());
            Fork fork = Optional.ofNullable(draft.forkedFrom()).orElseThrow();
            Revisions.requireUsable(job, catalog.snapshot(fork.snapshot()).orElseThrow());
            changes.record(new BranchCreated(
                    job.id(), draft.name(), fork, draft.pipelineVersion(), draft.line(), draft.protection()));
            return catalog.branch(job.id(), draft.name()).orElseThrow();
        });
    }

    private void refuseTaken(Job job, String name) {
        RefNames.refuseBranch(catalog, job.id(), name);
        Tag tag = catalog.tag(job.id(), name).orElse(null);
        if (tag != null) {
            throw new StrandlineException(
                    ErrorCode.NAME_TAKEN,
                    "A tag is named '" + name + "', of version " + tag.number() + "; choose another name.");
        }
    }

    private void refuseTrashed(Job job) {
        if (catalog.job(job.id()).filter(now -> now.trashed() == null).isEmpty()) {
            throw new StrandlineException(
                    ErrorCode.JOB_TRASHED, "Job " + job.name() + " went to the trash before the branch was made.");
        }
    }

    private void refuseDamaged(Snapshot source) {
        if (source.condition() == Snapshot.Condition.DAMAGED) {
            String wayOut = sources.stored()
                    .nearestIntactAncestor(source)
                    .map(intact -> "the nearest intact version is " + intact.number() + ".")
                    .orElse("it has no intact ancestor.");
            throw new StrandlineException(
                    ErrorCode.DAMAGED, "Files of version " + source.number() + " are damaged; " + wayOut);
        }
    }
}
