package io.strandline.runner.embedded;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotContent;
import java.util.concurrent.CompletableFuture;

/** Takes the one snapshot of a trial, and tells nobody. */
final class TrialLedger implements CheckpointLedger {

    private final Manifest version;
    private final CompletableFuture<SnapshotContent> taken = new CompletableFuture<>();
    private long number;

    /** @param version what the trial restores */
    TrialLedger(Manifest version) {
        this.version = version;
        this.number = version.number();
    }

    @Override
    public long reserveNumber() {
        return ++number;
    }

    @Override
    public CommitOutcome commit(SnapshotCandidate candidate) {
        taken.complete(candidate.content());
        return new CommitOutcome.Committed(version.id());
    }

    /** What the trial's snapshot holds. */
    CompletableFuture<SnapshotContent> taken() {
        return taken;
    }
}
