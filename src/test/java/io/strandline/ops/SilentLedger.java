package io.strandline.ops;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Ledger;
import io.strandline.runner.CommitOutcome;
import io.strandline.runner.SnapshotCandidate;
import io.strandline.runner.SnapshotLedger;
import java.util.ArrayList;
import java.util.List;

/** Records nowhere; takes every decision twice, as a ledger may. */
class SilentLedger implements Ledger, SnapshotLedger {

    @Override
    public <T> T change(Scope scope, Cause cause, Decision<T> decision) {
        List<Change> forgotten = new ArrayList<>();
        decision.decide(forgotten::add);
        return decision.decide(forgotten::add);
    }

    @Override
    public void record(Scope scope, Cause cause, List<Change> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("nothing to record");
        }
    }

    @Override
    public long reserveNumber(String jobId) {
        return 1;
    }

    @Override
    public CommitResult commit(Commit commit, Cause cause) {
        return new CommitResult.Committed(commit.completed().id());
    }

    @Override
    public long reserveNumber() {
        return 1;
    }

    @Override
    public CommitOutcome commit(SnapshotCandidate candidate) {
        throw new IllegalStateException("no test commits");
    }
}
