package io.strandline.runner.embedded;

import io.strandline.runner.CommitOutcome;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.SnapshotCandidate;
import io.strandline.runner.SnapshotLedger;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One job's versions kept as manifests alone: numbers are counted up, a version is a manifest file; no journal, no catalog. */
final class ManifestHistory {

    private final String jobId;
    private final Manifests manifests;
    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC());
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong epochs = new AtomicLong();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Manifest> versions = new CopyOnWriteArrayList<>();

    ManifestHistory(String jobId, SnapshotStore store) {
        this.jobId = jobId;
        this.manifests = new Manifests(store);
    }

    String jobId() {
        return jobId;
    }

    long nextEpoch() {
        return epochs.incrementAndGet();
    }

    /** The next so many commits are refused. */
    void refuse(int commits) {
        refusals.set(commits);
    }

    /** All versions, oldest first. */
    List<Manifest> versions() {
        return versions;
    }

    Manifest head() {
        return versions.get(versions.size() - 1);
    }

    @Nullable
    Manifest headOrNull() {
        return versions.isEmpty() ? null : head();
    }

    Manifest version(long number) {
        return versions.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow();
    }

    SnapshotLedger ledger(InstanceSpec spec) {
        return new Ledger(spec, numbers.get() + 1);
    }

    private final class Ledger implements SnapshotLedger {

        private final InstanceSpec spec;
        private final long firstNumber;
        private @Nullable SnapshotId parent;

        Ledger(InstanceSpec spec, long firstNumber) {
            this.spec = spec;
            this.firstNumber = firstNumber;
            this.parent = spec.restoreFrom() == null ? null : spec.restoreFrom().id();
        }

        @Override
        public long reserveNumber() {
            return numbers.incrementAndGet();
        }

        @Override
        public CommitOutcome commit(SnapshotCandidate candidate) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return new CommitOutcome.Refused(
                        new FailureCause("commit-refused", "refused as the test wants", null, null, true));
            }
            try {
                Manifest version = manifest(candidate);
                manifests.write(version);
                versions.add(version);
                parent = version.id();
                return new CommitOutcome.Committed(version.id());
            } catch (IOException failed) {
                return new CommitOutcome.Unknown(failed.toString());
            }
        }

        private Manifest manifest(SnapshotCandidate candidate) {
            List<LineSegment> line = new ArrayList<>(spec.line());
            line.add(new LineSegment(
                    spec.on().branch(), firstNumber, candidate.content().number()));
            return new Manifest(
                    ids.nextSnapshotId(),
                    jobId,
                    spec.job(),
                    spec.on().branch(),
                    candidate.kind(),
                    parent,
                    parent,
                    null,
                    spec.epoch(),
                    spec.pipelineVersion(),
                    candidate.startedAt(),
                    Instant.now(),
                    line,
                    candidate.content(),
                    null,
                    null);
        }
    }
}
