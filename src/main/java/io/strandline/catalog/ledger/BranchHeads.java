package io.strandline.catalog.ledger;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.BranchPurged;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.snapshot.SnapshotId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Epoch and head of every branch, as the journal has them: all that a finished checkpoint is judged by. */
final class BranchHeads {

    private final Map<Key, Standing> branches = new ConcurrentHashMap<>();

    /** A branch. */
    private record Key(String jobId, String branch) {}

    /** Where a branch stands; nothing is committed on one in the trash. */
    private record Standing(long epoch, @Nullable SnapshotId head, boolean trashed) {}

    void load(Branch branch) {
        branches.put(
                new Key(branch.jobId(), branch.name()),
                new Standing(branch.epoch(), branch.head(), branch.trashed() != null));
    }

    /** Learns from a change that is in the journal. */
    void learn(Change change) {
        if (change instanceof JobCreated created) {
            branches.put(new Key(created.jobId(), Branch.MAIN), new Standing(0, null, false));
        } else if (change instanceof BranchCreated created) {
            SnapshotId head = created.forkedFrom().snapshot();
            branches.put(new Key(created.jobId(), created.name()), new Standing(0, head, false));
        } else if (change instanceof InstanceStarted started) {
            become(started.jobId(), started.branch(), old -> new Standing(started.epoch(), old.head(), old.trashed()));
        } else if (change instanceof HeadMoved moved) {
            become(moved.jobId(), moved.branch(), old -> new Standing(old.epoch(), moved.to(), old.trashed()));
        } else if (change instanceof SnapshotCompleted completed && completed.movesHead()) {
            become(
                    completed.jobId(),
                    completed.branch(),
                    old -> new Standing(old.epoch(), completed.id(), old.trashed()));
        } else if (change instanceof BranchTrashed trashed) {
            become(trashed.jobId(), trashed.name(), old -> new Standing(old.epoch(), old.head(), true));
        } else if (change instanceof BranchUndeleted undeleted) {
            become(undeleted.jobId(), undeleted.name(), old -> new Standing(old.epoch(), old.head(), false));
        } else if (change instanceof BranchPurged purged) {
            branches.remove(new Key(purged.jobId(), purged.name()));
        } else if (change instanceof JobPurged purged) {
            branches.keySet().removeIf(key -> key.jobId().equals(purged.jobId()));
        }
    }

    private void become(String jobId, String branch, UnaryOperator<Standing> next) {
        branches.computeIfPresent(new Key(jobId, branch), (any, old) -> next.apply(old));
    }

    /** Why a version cannot become its branch's head, or come to lie beside it, empty when it can. */
    Optional<String> objection(SnapshotCompleted version) {
        Standing now = branches.get(new Key(version.jobId(), version.branch()));
        if (now == null || now.trashed()) {
            return Optional.of("there is no branch " + version.branch() + " any more");
        }
        if (version.epoch() != 0 && version.epoch() != now.epoch()) {
            return Optional.of("epoch " + version.epoch() + " is over; the branch is at epoch " + now.epoch());
        }
        if (version.movesHead() && !Objects.equals(version.parent(), now.head())) {
            return Optional.of("the head is " + now.head() + ", not " + version.parent());
        }
        return Optional.empty();
    }
}
