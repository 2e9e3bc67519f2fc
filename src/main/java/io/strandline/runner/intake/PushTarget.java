package io.strandline.runner.intake;

import io.strandline.snapshot.SourcePosition;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which source records are pushed to.
 *
 * @param jobId the job
 * @param source the source's name
 * @param pipeline the pipeline document that the job runs, canonical JSON
 * @param pipelineVersion its version
 * @param positions how far the job has read as its newest version knows; asked only when nothing else tells
 */
public record PushTarget(
        String jobId, String source, String pipeline, int pipelineVersion, Supplier<List<SourcePosition>> positions) {}
