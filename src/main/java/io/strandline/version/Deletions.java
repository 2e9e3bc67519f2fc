package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.TrashWindow;
import io.strandline.job.Claim;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What deleting a branch changes, what stands in its way, and what brings it back. Its head is held meanwhile. */
@Component
record Deletions(Catalog catalog, TrashWindow window, Moment moment) {

    /** Refuses to delete {@code main}, a protected branch, and one that runs. */
    void refuse(Job job, Branch branch, Claim claim) {
        if (branch.name().equals(Branch.MAIN)) {
            throw new StrandlineException(
                    ErrorCode.PROTECTED, "main can never be deleted; delete the job if it is not needed.");
        }
        if (!branch.protection().deletable()) {
            throw Problem.of(
                            ErrorCode.PROTECTED,
                            "Branch " + branch.name() + " is protected; PATCH it with protection.deletable true first.")
                    .withBlockers(List.of(new Blocker(
                            "branch",
                            branch.name(),
                            "it is protected",
                            null,
                            "/api/v1/jobs/" + job.name() + "/branches/" + branch.name())))
                    .asException();
        }
        claim.running(job.name()).ifPresent(running -> {
            throw Problem.of(
                            ErrorCode.NOT_STOPPED,
                            "Branch " + branch.name() + " of job " + job.name() + " runs; stop it before deleting it.")
                    .withBlockers(List.of(running))
                    .asException();
        });
    }

    /** What becomes true. */
    List<Change> of(Branch branch) {
        Instant now = moment.now();
        Trashed trashed = new Trashed(now, now.plus(window.of(branch.jobId())));
        List<Change> changes = new ArrayList<>();
        changes.add(new BranchTrashed(branch.jobId(), branch.name(), trashed));
        SnapshotId head = branch.head();
        if (head != null) {
            changes.add(new HoldPlaced(new Hold(
                    moment.id(),
                    branch.jobId(),
                    head,
                    Hold.Kind.SYSTEM,
                    "branch " + branch.name() + " was deleted and may come back",
                    "system",
                    Hold.ofDeleted(branch.name()),
                    now,
                    trashed.purgeAfter())));
        }
        return changes;
    }

    /**
     * What brings it back.
     *
     * @throws StrandlineException {@code snapshot-trashed}, {@code snapshot-purged} when its head has gone meanwhile
     */
    List<Change> reversed(Job job, Branch branch) {
        Optional<Snapshot> head = Optional.ofNullable(branch.head()).flatMap(catalog::snapshot);
        head.ifPresent(version -> Revisions.requireUsable(job, version));
        List<Change> changes = new ArrayList<>();
        changes.add(new BranchUndeleted(branch.jobId(), branch.name()));
        catalog.systemHolds(Hold.ofDeleted(branch.name())).stream()
                .filter(hold -> hold.jobId().equals(job.id())
                        && Hold.ofDeleted(branch.name()).equals(hold.owner()))
                .forEach(hold -> changes.add(new HoldReleased(job.id(), hold.id())));
        return changes;
    }
}
