package io.strandline.runner.embedded;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.checkpoint.NumberRefusedException;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.runner.SnapshotLedger;

/** The runner's ledger as the engine wants it. */
final class LedgerAdapter implements CheckpointLedger {

    private final SnapshotLedger ledger;

    LedgerAdapter(SnapshotLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public long reserveNumber() throws NumberRefusedException {
        try {
            return ledger.reserveNumber();
        } catch (SnapshotLedger.NumberRefusedException refused) {
            throw new NumberRefusedException(failure(refused.failure()));
        }
    }

    @Override
    public CommitOutcome commit(SnapshotCandidate candidate) {
        io.strandline.runner.CommitOutcome outcome = ledger.commit(new io.strandline.runner.SnapshotCandidate(
                candidate.requestId(), candidate.kind(), candidate.startedAt(), candidate.content()));
        if (outcome instanceof io.strandline.runner.CommitOutcome.Committed committed) {
            return new CommitOutcome.Committed(committed.id());
        }
        if (outcome instanceof io.strandline.runner.CommitOutcome.Refused refused) {
            return new CommitOutcome.Refused(failure(refused.cause()));
        }
        return new CommitOutcome.Unknown(((io.strandline.runner.CommitOutcome.Unknown) outcome).cause());
    }

    private static FailureCause failure(io.strandline.runner.FailureCause refusal) {
        return FailureCause.of(FailureCodes.kindOfRefusal(refusal.code()), refusal.detail(), null);
    }
}
