package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.signing.ManifestSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The new version that a REVERT commits: the target's files by reference, on top of the branch's head.
 *
 * @param manifest its content
 * @param target the version it brings back
 */
record Reverted(Manifest manifest, Snapshot target) {

    /**
     * One that is about to be committed.
     *
     * @param on the branch, on which nothing runs
     * @param line what sinks may keep, itself not yet among it
     */
    static Reverted of(MovePlan plan, Branch on, Source source, List<LineSegment> line, Mark mark) {
        Snapshot target = source.version();
        SnapshotContent content = source.manifest().content();
        List<LineSegment> longer = new ArrayList<>(line);
        longer.add(new LineSegment(on.name(), mark.number(), mark.number()));
        return new Reverted(
                new Manifest(
                        mark.id(),
                        on.jobId(),
                        plan.job().name(),
                        on.name(),
                        SnapshotKind.RESTORED,
                        on.head(),
                        target.id(),
                        target.id(),
                        0,
                        plan.pipelineVersion(),
                        mark.at(),
                        mark.at(),
                        longer,
                        new SnapshotContent(
                                mark.number(),
                                content.mode(),
                                content.backend(),
                                content.parallelism(),
                                content.maxParallelism(),
                                content.sources(),
                                content.operators(),
                                0),
                        source.pipeline(),
                        null),
                target);
    }

    /**
     * What it brings back.
     *
     * @param pipeline the document that runs from then on, null where nobody has it
     */
    record Source(
            Snapshot version, Manifest manifest, @Nullable String pipeline) {}

    /** What a new version is given. */
    record Mark(SnapshotId id, long number, Instant at) {}

    /** What the journal says of it. */
    SnapshotCompleted completed(String manifestDigest, @Nullable ManifestSignature signature) {
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
                manifest.revertsTo(),
                0,
                manifest.pipelineVersion(),
                content.backend(),
                content.parallelism(),
                manifest.startedAt(),
                manifest.completedAt(),
                content.totalBytes(),
                0,
                manifestDigest,
                target.durable(),
                Map.of(),
                "reverts to version " + target.number(),
                manifest.line(),
                null,
                signature);
    }

    /** Why it was not committed. */
    static StrandlineException refused(CommitResult result) {
        if (result instanceof CommitResult.Failed failed) {
            ErrorCode code = ErrorCode.ofWireName(failed.code()).orElse(ErrorCode.STORAGE_UNAVAILABLE);
            return new StrandlineException(code, "The restored version could not be written: " + failed.detail());
        }
        if (result instanceof CommitResult.Stale stale) {
            return new StrandlineException(ErrorCode.HEAD_MOVED, "The head moved meanwhile: " + stale.detail());
        }
        return new StrandlineException(
                ErrorCode.STORAGE_UNAVAILABLE, "Nobody can tell whether the restored version was written: " + result);
    }
}
