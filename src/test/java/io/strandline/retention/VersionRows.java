package io.strandline.retention;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.history.Outline;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of versions for {@link MemoryWorld}. */
public final class VersionRows {

    private VersionRows() {}

    /** What a version came from. */
    public record Attempt(
            long number, SnapshotKind kind, @Nullable SnapshotId parent, Instant at) {}

    /** A version of {@code main} that was just completed. */
    static Snapshot completed(SnapshotId id, Job job, Attempt attempt, List<NamedFile> files) {
        return row(id, job, "main", attempt, files, Map.of());
    }

    /** A version of any branch that names no file. */
    public static Snapshot onBranch(
            SnapshotId id, Job job, String branch, Attempt attempt, Map<String, String> labels) {
        return row(id, job, branch, attempt, List.of(), labels);
    }

    private static Snapshot row(
            SnapshotId id, Job job, String branch, Attempt attempt, List<NamedFile> files, Map<String, String> labels) {
        return new Snapshot(
                id,
                job.id(),
                branch,
                attempt.number(),
                attempt.kind(),
                SnapshotMode.INCREMENTAL,
                attempt.parent(),
                attempt.parent(),
                null,
                1,
                1,
                "rocksdb",
                1,
                attempt.at(),
                attempt.at(),
                files.stream().mapToLong(NamedFile::sizeBytes).sum(),
                0,
                "sha256:" + "0".repeat(64),
                null,
                true,
                labels,
                null,
                Verification.NONE,
                Snapshot.State.COMPLETED,
                Snapshot.Condition.OK,
                null,
                null,
                null);
    }

    /** What judging takes of it. */
    static Outline outline(Snapshot s) {
        boolean deep = s.verification().level() == Verification.Level.CHECKSUMS
                || s.verification().level() == Verification.Level.CONTENT;
        return new Outline(
                s.id(),
                s.number(),
                s.parent(),
                s.branch(),
                s.kind(),
                s.completedAt(),
                s.state(),
                s.condition(),
                deep && s.verification().outcome() == Verification.Outcome.INTACT,
                s.labels(),
                s.totalBytes());
    }

    /** The same version in another state. */
    public static Snapshot with(
            Snapshot s, Snapshot.State state, Snapshot.Condition condition, @Nullable Trashed trashed) {
        return with(s, s.manifestDigest(), state, condition, trashed);
    }

    /** The same version with another manifest. */
    static Snapshot with(Snapshot s, String manifestDigest) {
        return with(s, manifestDigest, s.state(), s.condition(), s.trashed());
    }

    private static Snapshot with(
            Snapshot s,
            String manifestDigest,
            Snapshot.State state,
            Snapshot.Condition condition,
            @Nullable Trashed trashed) {
        return new Snapshot(
                s.id(),
                s.jobId(),
                s.branch(),
                s.number(),
                s.kind(),
                s.mode(),
                s.parent(),
                s.base(),
                s.revertsTo(),
                s.epoch(),
                s.pipelineVersion(),
                s.backend(),
                s.parallelism(),
                s.startedAt(),
                s.completedAt(),
                s.totalBytes(),
                s.newBytes(),
                manifestDigest,
                s.stateDigest(),
                s.durable(),
                s.labels(),
                s.description(),
                s.verification(),
                state,
                condition,
                trashed,
                s.importedFrom(),
                s.signature());
    }
}
