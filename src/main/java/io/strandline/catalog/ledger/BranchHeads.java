package io.strandline.catalog.ledger;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.snapshot.SnapshotId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Epoch and head of every branch, as the journal has them: all that a finished checkpoint is judged by. */
final class BranchHeads {

    private final Map<Key, Standing> branches = new ConcurrentHashMap<>();

    /** A branch. */
    private record Key(String jobId, String branch) {}

    /** Where a branch stands. */
    private record Standing(long epoch, @Nullable SnapshotId head) {}

    void load(Branch branch) {
        branches.put(new Key(branch.jobId(), branch.name()), new Standing(branch.epoch(), branch.head()));
    }

    /** Learns from a change that is in the journal. */
    void learn(Change change) {
        if (change instanceof JobCreated created) {
            branches.put(new Key(created.jobId(), Branch.MAIN), new Standing(0, null));
        } else if (change instanceof InstanceStarted started) {
            Key key = new Key(started.jobId(), started.branch());
            branches.computeIfPresent(key, (any, old) -> new Standing(started.epoch(), old.head()));
        } else if (change instanceof HeadMoved moved) {
            Key key = new Key(moved.jobId(), moved.branch());
            branches.computeIfPresent(key, (any, old) -> new Standing(old.epoch(), moved.to()));
        } else if (change instanceof SnapshotCompleted completed) {
            Key key = new Key(completed.jobId(), completed.branch());
            branches.computeIfPresent(key, (any, old) -> new Standing(old.epoch(), completed.id()));
        } else if (change instanceof JobPurged purged) {
            branches.keySet().removeIf(key -> key.jobId().equals(purged.jobId()));
        }
    }

    /** Why a version cannot become its branch's head, empty when it can. */
    Optional<String> objection(SnapshotCompleted version) {
        Standing now = branches.get(new Key(version.jobId(), version.branch()));
        if (now == null) {
            return Optional.of("there is no branch " + version.branch() + " any more");
        }
        if (version.epoch() != 0 && version.epoch() != now.epoch()) {
            return Optional.of("epoch " + version.epoch() + " is over; the branch is at epoch " + now.epoch());
        }
        if (!Objects.equals(version.parent(), now.head())) {
            return Optional.of("the head is " + now.head() + ", not " + version.parent());
        }
        return Optional.empty();
    }
}
