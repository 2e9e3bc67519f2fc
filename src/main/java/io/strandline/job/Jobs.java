package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.JobTrashed;
import io.strandline.catalog.JobChange.JobUndeleted;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.Ledger.Scope.OfServer;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Instance;
import io.strandline.catalog.lookup.TrashWindow;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.web.JobScope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Jobs by name: submitting, looking at, throwing away and bringing back. */
@Component
public final class Jobs {

    private final Ledger ledger;
    private final Catalog catalog;
    private final History history;
    private final Supervisors supervisors;
    private final TrashWindow trashWindow;
    private final Births births;

    Jobs(
            Ledger ledger,
            Catalog catalog,
            History history,
            Supervisors supervisors,
            TrashWindow trashWindow,
            Births births) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.history = history;
        this.supervisors = supervisors;
        this.trashWindow = trashWindow;
        this.births = births;
    }

    /** What a new thing is born with: an id and the time. */
    @Component
    record Births(TimeOrderedIds ids, Clock clock) {}

    /**
     * Makes a job of a document that was checked.
     *
     * @throws StrandlineException {@code job-exists}
     */
    public Job submit(PipelineDocument document, Cause cause) {
        return submit(document, Branch.Desired.STOPPED, cause);
    }

    /**
     * Makes a job of a document that was checked, and says whether it should run: one that should is brought up by the next
     * start of the server, if nobody has started it before.
     *
     * @throws StrandlineException {@code job-exists}
     */
    public Job submit(PipelineDocument document, Branch.Desired desired, Cause cause) {
        String id = births.ids().next().toString();
        return ledger.change(new OfServer(), cause, changes -> {
            catalog.jobNamed(document.name()).ifPresent(Jobs::refuseTaken);
            changes.record(new JobCreated(
                    id,
                    document.name(),
                    document.description(),
                    document.toJson(),
                    births.clock().instant()));
            if (desired == Branch.Desired.RUNNING) {
                changes.record(new DesiredStateSet(id, Branch.MAIN, desired));
            }
            return catalog.job(id).orElseThrow();
        });
    }

    /** A job as it is on one of its branches. */
    public JobStatus status(Job job, String branchName) {
        Branch branch = catalog.branch(job.id(), branchName)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + branchName + "'."));
        return status(job, branch);
    }

    /** A job as it is on a branch, which may lie in the trash. */
    public JobStatus status(Job job, Branch branch) {
        Instance newest = history.newestInstance(job.id(), branch.name()).orElse(null);
        boolean runs = newest != null && newest.endedAt() == null;
        return new JobStatus(job, branch, supervisors.state(branch), runs ? newest : null);
    }

    /** Jobs within a scope, newest first. */
    public List<Job> list(JobScope scope, boolean trashed, @Nullable String beforeId, int limit) {
        List<Job> found = new ArrayList<>();
        String before = beforeId;
        List<Job> page;
        do {
            page = catalog.jobs(trashed, before, limit);
            page.stream()
                    .filter(job -> scope.covers(job.name()))
                    .limit((long) limit - found.size())
                    .forEach(found::add);
            before = page.isEmpty() ? before : page.get(page.size() - 1).id();
        } while (found.size() < limit && page.size() == limit);
        return found;
    }

    /** A job's runs, on one branch when one is given, newest first. */
    public List<Instance> instances(Job job, @Nullable String branch, @Nullable Long beforeEpoch, int limit) {
        return history.instances(job.id(), branch, beforeEpoch, limit);
    }

    /**
     * Throws a stopped job away together with its versions.
     *
     * @throws StrandlineException {@code not-stopped}; {@code protected} with the tags and holds in the way;
     *     {@code job-trashed}
     */
    public Job trash(Job job, Cause cause) {
        if (job.trashed() != null) {
            throw new StrandlineException(ErrorCode.JOB_TRASHED, "Job " + job.name() + " is in the trash already.");
        }
        List<Claim> claims = new ArrayList<>();
        try {
            for (Branch branch : catalog.branches(job.id())) {
                claims.add(
                        supervisors.of(new BranchRef(job.id(), branch.name())).claim("delete", true));
            }
            refuseWanted(job, claims);
            return ledger.change(new OfJob(job.id()), cause, changes -> {
                refuseProtected(job);
                Instant now = births.clock().instant();
                changes.record(new JobTrashed(job.id(), new Trashed(now, now.plus(trashWindow.of(job.id())))));
                return catalog.job(job.id()).orElseThrow();
            });
        } finally {
            claims.forEach(Claim::close);
        }
    }

    /**
     * Brings a job back from the trash, stopped.
     *
     * @throws StrandlineException {@code not-trashed}
     */
    public Job undelete(Job job, Cause cause) {
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            Job now = catalog.job(job.id()).orElse(job);
            if (now.trashed() == null) {
                throw new StrandlineException(ErrorCode.NOT_TRASHED, "Job " + job.name() + " is not in the trash.");
            }
            changes.record(new JobUndeleted(job.id()));
            return catalog.job(job.id()).orElseThrow();
        });
    }

    private static void refuseTaken(Job other) {
        String where = other.trashed() == null ? "exists" : "lies in the trash";
        String wayOut = other.trashed() == null
                ? "choose another name, or change its pipeline with PUT /api/v1/jobs/" + other.name() + "/pipeline."
                : "bring it back with POST /api/v1/jobs/" + other.name() + "/undelete, or purge the trash.";
        throw new StrandlineException(
                ErrorCode.JOB_EXISTS, "A job named '" + other.name() + "' " + where + "; " + wayOut);
    }

    private static void refuseWanted(Job job, List<Claim> claims) {
        List<Blocker> running = claims.stream()
                .flatMap(claim -> claim.running(job.name()).stream())
                .toList();
        if (!running.isEmpty()) {
            throw Problem.of(ErrorCode.NOT_STOPPED, "Job " + job.name() + " runs; stop it before deleting it.")
                    .withBlockers(running)
                    .asException();
        }
    }

    private void refuseProtected(Job job) {
        String base = "/api/v1/jobs/" + job.name();
        List<Blocker> blockers = new ArrayList<>();
        catalog.tags(job.id())
                .forEach(tag -> blockers.add(new Blocker(
                        "tag",
                        tag.name(),
                        "it names version " + tag.number(),
                        tag.createdBy(),
                        base + "/tags/" + tag.name())));
        catalog.holds(job.id()).stream()
                .filter(hold -> hold.kind() == Hold.Kind.USER)
                .forEach(hold -> blockers.add(new Blocker(
                        "hold",
                        hold.id(),
                        hold.reason(),
                        hold.placedBy(),
                        base + "/snapshots/" + hold.snapshot() + "/holds/" + hold.id())));
        if (!blockers.isEmpty()) {
            throw Problem.of(
                            ErrorCode.PROTECTED,
                            "Job " + job.name() + " has versions that tags or holds protect; release these first.")
                    .withBlockers(blockers)
                    .asException();
        }
    }
}
