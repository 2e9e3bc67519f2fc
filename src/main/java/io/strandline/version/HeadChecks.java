package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.problem.CurrentHead;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares where a head is with where somebody thinks it is, and with where it is to go. */
@Component
final class HeadChecks {

    private static final int READ_AT_ONCE = 500;

    private final Catalog catalog;
    private final History history;

    HeadChecks(Catalog catalog, History history) {
        this.catalog = catalog;
        this.history = history;
    }

    /**
     * Refuses when the head is neither {@code expected} nor a descendant to which only checkpoints of the running instance
     * lead.
     */
    void refuseMoved(Branch branch, Snapshot expected, Optional<RunningInstance> running) {
        SnapshotId head = branch.head();
        if (expected.id().equals(head)) {
            return;
        }
        long epoch = running.map(instance -> instance.spec().epoch()).orElse(-1L);
        boolean onlyCheckpoints = head != null
                && after(head, expected.id())
                        .filter(later -> later.stream().allMatch(version -> version.epoch() == epoch))
                        .isPresent();
        if (!onlyCheckpoints) {
            throw moved(branch, expected);
        }
    }

    /** Refuses a version that is not an ancestor of the head (or the head itself). */
    void refuseForeign(Job job, Branch branch, Snapshot target) {
        SnapshotId head = branch.head();
        if (head == null || after(head, target.id()).isEmpty()) {
            throw new StrandlineException(
                    ErrorCode.NOT_AN_ANCESTOR,
                    "Version " + target.number() + " is not an ancestor of the head of " + branch.name() + " of job "
                            + job.name() + "; use mode REVERT, which takes any version.");
        }
    }

    /** The versions from {@code head} down to {@code ancestor}, which is not among them; empty when it is no ancestor. */
    Optional<List<Snapshot>> after(SnapshotId head, SnapshotId ancestor) {
        List<Snapshot> later = new ArrayList<>();
        SnapshotId from = head;
        while (true) {
            List<Snapshot> stretch = history.ancestors(from, READ_AT_ONCE);
            for (Snapshot version : stretch) {
                if (version.id().equals(ancestor)) {
                    return Optional.of(later);
                }
                later.add(version);
            }
            SnapshotId next =
                    stretch.isEmpty() ? null : stretch.get(stretch.size() - 1).parent();
            if (next == null) {
                return Optional.empty();
            }
            from = next;
        }
    }

    private StrandlineException moved(Branch branch, Snapshot expected) {
        Snapshot head =
                Optional.ofNullable(branch.head()).flatMap(catalog::snapshot).orElse(null);
        CurrentHead current = head == null ? null : new CurrentHead(head.id().toString(), head.number());
        String where = head == null ? "there is none" : "it is version " + head.number();
        return Problem.of(
                        ErrorCode.HEAD_MOVED,
                        "The head of " + branch.name() + " is not version " + expected.number() + ": " + where
                                + ". Look at what has happened, then send the current head.")
                .withCurrentHead(current)
                .asException();
    }
}
