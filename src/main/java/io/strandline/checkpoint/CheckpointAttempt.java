package io.strandline.checkpoint;

import io.strandline.catalog.Snapshot;
import io.strandline.runner.AttemptReport;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a checkpoint.
 *
 * @param branch the branch it was made on
 * @param instanceId the instance that made it
 * @param report phases, figures, failure
 * @param version what it yielded, null when nothing
 */
public record CheckpointAttempt(
        String branch,
        String instanceId,
        AttemptReport report,
        @Nullable Snapshot version) {}
