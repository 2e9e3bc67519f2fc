package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.problem.Blocker;
import io.strandline.problem.CurrentHead;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.SnapshotId;
import io.strandline.version.move.Ancestry.Meeting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares where a head is with where somebody thinks it is, and with where it is to go. */
@Component
final class HeadChecks {

    private final Catalog catalog;
    private final Revisions revisions;
    private final Ancestry ancestry;

    HeadChecks(Catalog catalog, Revisions revisions, Ancestry ancestry) {
        this.catalog = catalog;
        this.revisions = revisions;
        this.ancestry = ancestry;
    }

    /**
     * Refuses when the head is neither {@code expected} nor a descendant to which only checkpoints of the running instance
     * lead. Nothing expected is nothing to refuse.
     */
    void refuseMoved(Job job, Branch branch, @Nullable Revision expected, Optional<RunningInstance> running) {
        if (expected == null) {
            return;
        }
        Snapshot version = revisions.resolve(job, expected, branch.name());
        SnapshotId head = branch.head();
        if (version.id().equals(head)) {
            return;
        }
        long epoch = running.map(instance -> instance.spec().epoch()).orElse(-1L);
        boolean onlyCheckpoints = head != null
                && ancestry.after(head, version)
                        .filter(later -> later.stream().allMatch(one -> one.epoch() == epoch))
                        .isPresent();
        if (!onlyCheckpoints) {
            throw moved(branch, version);
        }
    }

    /** Refuses a request that has to say which head its sender saw and does not; a branch without versions has none. */
    static void requireExpected(Branch branch, @Nullable Revision expected, String field) {
        if (expected == null && branch.head() != null) {
            String detail = "Say in " + field + " which head of " + branch.name()
                    + " you saw, so that nothing is left behind that you do not know of.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/" + field, detail)
                    .asException();
        }
    }

    /** Refuses a version that is not an ancestor of the head (or the head itself). */
    void refuseForeign(Job job, Branch branch, Snapshot target) {
        SnapshotId head = branch.head();
        if (head == null || ancestry.after(head, target).isEmpty()) {
            throw new StrandlineException(
                    ErrorCode.NOT_AN_ANCESTOR,
                    "Version " + target.number() + " is not an ancestor of the head of " + branch.name() + " of job "
                            + job.name() + "; use mode REVERT, which takes any version.");
        }
    }

    /** Refuses a version that does not descend from the head, with the place where the two lines part. */
    void refuseDiverged(Branch branch, Snapshot target) {
        Meeting meeting = ancestry.meet(branch.head(), target.id());
        if (meeting.onlyFirst().isEmpty()) {
            return;
        }
        Snapshot base = meeting.base();
        String where = base == null ? "they have no version in common" : "they part at version " + base.number();
        Problem problem = Problem.of(
                        ErrorCode.DIVERGED,
                        "Version " + target.number() + " does not descend from the head of " + branch.name() + ": "
                                + where
                                + ". Only a descendant can be fast-forwarded to; use restore, or promote for a fork.")
                .withCurrentHead(current(branch));
        throw (base == null
                        ? problem
                        : problem.withExtension(
                                "mergeBase", Map.of("id", base.id().toString(), "number", base.number())))
                .asException();
    }

    /** Refuses to leave versions of a branch behind whose head may only go forward. */
    void refuseProtected(Job job, Branch branch, @Nullable Snapshot target) {
        if (!branch.protection().resettable() && leavesBehind(branch, target)) {
            String to = target == null ? "nowhere" : "version " + target.number();
            throw Problem.of(
                            ErrorCode.PROTECTED,
                            "The head of " + branch.name() + " may only go forward, and " + to
                                    + " does not descend from it. Restore with mode REVERT, which commits a new version, or"
                                    + " set protection.resettable.")
                    .withBlockers(List.of(new Blocker(
                            "branch",
                            branch.name(),
                            "its protection says resettable: false",
                            null,
                            "/api/v1/jobs/" + job.name() + "/branches/" + branch.name())))
                    .asException();
        }
    }

    /** Whether the branch has versions that the target does not descend from. */
    boolean leavesBehind(Branch branch, @Nullable Snapshot target) {
        return !leftBehind(branch, target).isEmpty();
    }

    /** The versions of the branch that the target does not descend from, newest first. */
    List<Snapshot> leftBehind(Branch branch, @Nullable Snapshot target) {
        return ancestry.meet(branch.head(), target == null ? null : target.id()).onlyFirst();
    }

    private StrandlineException moved(Branch branch, Snapshot expected) {
        CurrentHead current = current(branch);
        String where = current == null ? "there is none" : "it is version " + current.number();
        return Problem.of(
                        ErrorCode.HEAD_MOVED,
                        "The head of " + branch.name() + " is not version " + expected.number() + ": " + where
                                + ". Look at what has happened, then send the current head.")
                .withCurrentHead(current)
                .asException();
    }

    private @Nullable CurrentHead current(Branch branch) {
        return Optional.ofNullable(branch.head())
                .flatMap(catalog::snapshot)
                .map(head -> new CurrentHead(head.id().toString(), head.number()))
                .orElse(null);
    }
}
