package io.strandline.api.stream;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes a version of every finished attempt by writing its manifest durably; numbers go on where the directory's end. */
final class LocalLedger implements CheckpointLedger {

    private static final String BRANCH = "main";

    private final String job;
    private final String jobId;
    private final Manifests manifests;
    private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC());
    private final AtomicLong numbers;
    private final long first;
    private final List<LineSegment> before;
    private volatile @Nullable Manifest head;

    private LocalLedger(String job, String jobId, Manifests manifests, long last, @Nullable Manifest from) {
        this.job = job;
        this.jobId = jobId;
        this.manifests = manifests;
        this.numbers = new AtomicLong(last);
        this.first = last + 1;
        this.before = from == null ? List.of() : from.line();
        this.head = from;
    }

    /** @param from the version that the run goes on from */
    static LocalLedger of(String job, SnapshotStore store, @Nullable Manifest from) throws IOException {
        String jobId =
                UUID.nameUUIDFromBytes(job.getBytes(StandardCharsets.UTF_8)).toString();
        Manifests manifests = new Manifests(store);
        long last = 0;
        for (ManifestName name : manifests.list()) {
            if (name.folder().equals(jobId)) {
                last = Math.max(last, name.number());
            }
        }
        return new LocalLedger(job, jobId, manifests, last, from);
    }

    /** The newest version; null when there is none. */
    @Nullable
    Manifest head() {
        return head;
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
        Manifest parent = head;
        SnapshotId base = parent == null ? null : parent.id();
        List<LineSegment> line = new ArrayList<>(before);
        line.add(new LineSegment(BRANCH, first, candidate.content().number()));
        return new Manifest(
                ids.nextSnapshotId(),
                jobId,
                job,
                BRANCH,
                candidate.kind(),
                base,
                base,
                null,
                1,
                1,
                candidate.startedAt(),
                Instant.now(),
                line,
                candidate.content(),
                null,
                null);
    }
}
