package io.strandline.bench.strandline;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes a version of every finished attempt by writing its manifest durably; numbers are counted up in memory. */
final class ManifestLedger implements CheckpointLedger {

    private final String jobId = UUID.randomUUID().toString();
    private final String job;
    private final Manifests manifests;
    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC());
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable Manifest head;

    ManifestLedger(String job, SnapshotStore store) {
        this.job = job;
        this.manifests = new Manifests(store);
    }

    /** The newest version. */
    Manifest head() {
        Manifest newest = head;
        if (newest == null) {
            throw new IllegalStateException("no version yet");
        }
        return newest;
    }

    @Override
    public long reserveNumber() {
        return numbers.incrementAndGet();
    }

    @Override
    public CommitOutcome commit(SnapshotCandidate candidate) {
        try {
            Manifest version = manifest(candidate);
            manifests.write(version);
            head = version;
            return new CommitOutcome.Committed(version.id());
        } catch (IOException e) {
            return new CommitOutcome.Unknown(e.toString());
        }
    }

    private Manifest manifest(SnapshotCandidate candidate) {
        Manifest before = head;
        SnapshotId parent = before == null ? null : before.id();
        return new Manifest(
                ids.nextSnapshotId(),
                jobId,
                job,
                "main",
                candidate.kind(),
                parent,
                parent,
                null,
                1,
                1,
                candidate.startedAt(),
                Instant.now(),
                List.of(),
                candidate.content(),
                null,
                null);
    }
}
