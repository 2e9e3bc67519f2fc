package io.strandline.catalog.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Fork;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.BranchPurged;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.Trashed;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BranchHeadsTests {

    private static final Instant AT = Instant.EPOCH;

    private final SnapshotId first = new SnapshotId(UUID.randomUUID());
    private final BranchHeads heads = new BranchHeads();

    @BeforeEach
    void fork() {
        heads.learn(new JobCreated("j", "flights", null, "{}", AT));
        heads.learn(started(Branch.MAIN, 1));
        heads.learn(completed(Branch.MAIN, first, null, 1));
        Fork fork = new Fork("main", first, 1, Branch.MAIN, AT);
        heads.learn(new BranchCreated("j", "trial", fork, 1, List.of(), Protection.NONE));
    }

    @Test
    void aForkGoesOnFromItsVersionUnderAnEpochOfItsOwn() {
        heads.learn(started("trial", 2));

        assertThat(heads.objection(next("trial", first, 2))).isEmpty();
        assertThat(heads.objection(next("trial", null, 2))).isPresent();
        assertThat(heads.objection(next("trial", first, 1)))
                .hasValueSatisfying(why -> assertThat(why).contains("epoch 1 is over"));
        assertThat(heads.objection(next(Branch.MAIN, first, 1)))
                .as("its parent goes on as before")
                .isEmpty();
        heads.learn(next("trial", first, 2));
        assertThat(heads.objection(next(Branch.MAIN, first, 1))).isEmpty();
    }

    @Test
    void nothingIsCommittedOnABranchInTheTrash() {
        heads.learn(started("trial", 2));
        heads.learn(new BranchTrashed("j", "trial", new Trashed(AT, AT)));
        assertThat(heads.objection(next("trial", first, 2)))
                .hasValueSatisfying(why -> assertThat(why).contains("no branch trial"));

        heads.learn(new BranchUndeleted("j", "trial"));
        assertThat(heads.objection(next("trial", first, 2))).isEmpty();
    }

    @Test
    void nothingIsCommittedOnABranchThatWasPurged() {
        heads.learn(started("trial", 2));
        heads.learn(new BranchTrashed("j", "trial", new Trashed(AT, AT)));
        heads.learn(new BranchPurged("j", "trial"));

        assertThat(heads.objection(next("trial", first, 2)))
                .hasValueSatisfying(why -> assertThat(why).contains("no branch trial"));
    }

    private static SnapshotCompleted next(String branch, @Nullable SnapshotId parent, long epoch) {
        return completed(branch, new SnapshotId(UUID.randomUUID()), parent, epoch);
    }

    private static InstanceStarted started(String branch, long epoch) {
        return new InstanceStarted("j", branch, "i" + epoch, epoch, 1, 1, "filesystem", null, "START", AT);
    }

    private static SnapshotCompleted completed(String branch, SnapshotId id, @Nullable SnapshotId parent, long epoch) {
        return new SnapshotCompleted(
                id,
                "j",
                branch,
                1,
                SnapshotKind.PERIODIC,
                SnapshotMode.FULL,
                parent,
                parent,
                null,
                epoch,
                1,
                "filesystem",
                1,
                AT,
                AT,
                0,
                0,
                "sha256:00",
                true,
                Map.of(),
                null,
                List.of(),
                null,
                null);
    }
}
