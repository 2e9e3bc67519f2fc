package io.strandline.checkpoint;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Commit;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.checkpoint.PendingRequests.Pending;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.CommitOutcome;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.SnapshotCandidate;
import io.strandline.runner.SnapshotLedger;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance's road up: knows the head its attempts build on and which numbers are its own, builds each manifest and has
 * it committed. Called by one thread at a time, perhaps not always the same.
 */
final class InstanceLedger implements SnapshotLedger {

    private static final String MEMORY = "memory";

    private final InstanceSpec spec;
    private final Ledger ledger;
    private final RefPlacement refs;
    private final Stationery stationery;
    private @Nullable SnapshotId parent;
    private @Nullable SnapshotId base;
    private long firstNumber = Long.MAX_VALUE;

    InstanceLedger(
            InstanceSpec spec, @Nullable SnapshotId head, Ledger ledger, RefPlacement refs, Stationery stationery) {
        this.spec = spec;
        this.ledger = ledger;
        this.refs = refs;
        this.stationery = stationery;
        this.parent = head;
        this.base = spec.restoreFrom() == null ? null : spec.restoreFrom().id();
    }

    @Override
    public synchronized long reserveNumber() {
        long number = reserved();
        firstNumber = Math.min(firstNumber, number);
        return number;
    }

    private long reserved() {
        try {
            return ledger.reserveNumber(spec.on().jobId());
        } catch (StrandlineException e) {
            throw new NumberRefusedException(new FailureCause(
                    e.code().wireName(),
                    e.problem().detail(),
                    null,
                    null,
                    e.code().retryable()));
        }
    }

    @Override
    public synchronized CommitOutcome commit(SnapshotCandidate candidate) {
        Optional<Pending> asked = refs.pending(candidate.requestId());
        Manifest manifest = manifest(candidate);
        boolean durable = !manifest.content().backend().equals(MEMORY);
        Cause cause = asked.map(Pending::cause).orElseGet(() -> Cause.system("checkpoint"));
        Commit commit = new Commit(
                completed(manifest, asked, durable),
                manifest,
                stationery.versions().writing(manifest, durable),
                asked.flatMap(pending -> refs.with(manifest, pending)).orElse(null));
        CommitResult result = ledger.commit(commit, cause);
        if (result instanceof CommitResult.Committed committed) {
            parent = committed.id();
            base = committed.id();
            return new CommitOutcome.Committed(committed.id());
        }
        return refusal(result);
    }

    private static CommitOutcome refusal(CommitResult result) {
        if (result instanceof CommitResult.Stale stale) {
            return new CommitOutcome.Refused(new FailureCause("stale-epoch", stale.detail(), null, null, false));
        }
        if (result instanceof CommitResult.Failed failed) {
            return new CommitOutcome.Refused(new FailureCause(failed.code(), failed.detail(), null, null, true));
        }
        if (result instanceof CommitResult.Unknown unknown) {
            return new CommitOutcome.Unknown(unknown.detail());
        }
        throw new IllegalStateException("not a refusal: " + result);
    }

    private Manifest manifest(SnapshotCandidate candidate) {
        SnapshotContent content = candidate.content();
        return new Manifest(
                stationery.ids().nextSnapshotId(),
                spec.on().jobId(),
                spec.job(),
                spec.on().branch(),
                candidate.kind(),
                parent,
                base,
                null,
                spec.epoch(),
                spec.pipelineVersion(),
                candidate.startedAt(),
                stationery.clock().instant(),
                line(content.number()),
                content,
                spec.pipeline(),
                null);
    }

    /** What the instance descends from, and its own numbers so far; a stretch that goes straight on is not cut in two. */
    private List<LineSegment> line(long number) {
        List<LineSegment> line = new ArrayList<>(spec.line());
        long first = Math.min(firstNumber, number);
        LineSegment last = line.isEmpty() ? null : line.get(line.size() - 1);
        if (last != null && last.branch().equals(spec.on().branch()) && last.lastNumber() + 1 == first) {
            line.set(line.size() - 1, new LineSegment(last.branch(), last.firstNumber(), number));
        } else {
            line.add(new LineSegment(spec.on().branch(), first, number));
        }
        return line;
    }

    private SnapshotCompleted completed(Manifest manifest, Optional<Pending> asked, boolean durable) {
        SnapshotContent content = manifest.content();
        return new SnapshotCompleted(
                manifest.id(),
                manifest.jobId(),
                manifest.branch(),
                manifest.number(),
                manifest.kind(),
                content.mode(),
                manifest.parent(),
                manifest.base(),
                null,
                manifest.epoch(),
                manifest.pipelineVersion(),
                content.backend(),
                content.parallelism(),
                manifest.startedAt(),
                manifest.completedAt(),
                content.totalBytes(),
                content.newBytes(),
                stationery.versions().digest(manifest),
                durable,
                asked.map(pending -> pending.request().labelsOrNone()).orElse(Map.of()),
                asked.map(pending -> pending.request().description()).orElse(null),
                manifest.line(),
                null,
                stationery.versions().sign(manifest));
    }
}
