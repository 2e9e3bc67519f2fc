package io.strandline.catalog.history;

import io.strandline.catalog.ProblemNote;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job on a branch.
 *
 * @param id its id
 * @param jobId its job
 * @param branch its branch
 * @param epoch its fencing epoch
 * @param pipelineVersion the pipeline it ran
 * @param parallelism subtasks an operator
 * @param backend where it keeps state
 * @param restoredFrom the version it went on from, null for a fresh start
 * @param startedBecause why it began: {@code SUBMIT}, {@code START}, {@code RESTART}, {@code RECOVERY}, {@code RESTORE}, {@code FAST_FORWARD},
 *     {@code PROMOTE}, {@code UNDO}, {@code PIPELINE}
 * @param startedAt when the epoch was granted
 * @param endedBecause why it ended, null while it runs
 * @param endedAt when it ended, null while it runs
 * @param problem what failed, if something did
 */
public record Instance(
        String id,
        String jobId,
        String branch,
        long epoch,
        int pipelineVersion,
        int parallelism,
        String backend,
        @Nullable SnapshotId restoredFrom,
        String startedBecause,
        Instant startedAt,
        @Nullable String endedBecause,
        @Nullable Instant endedAt,
        @Nullable ProblemNote problem) {}
