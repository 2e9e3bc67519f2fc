package io.strandline.job;

import io.strandline.catalog.PipelineVersion;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.runner.CompatibilityReport;

/**
 * A new pipeline document for a branch, checked, not saved yet.
 *
 * @param branch the branch
 * @param document what is to run
 * @param current what it would replace
 * @param compatibility what becomes of the head's state
 * @param allowDroppedState whether state may be lost
 */
public record PipelineChange(
        String branch,
        PipelineDocument document,
        PipelineVersion current,
        CompatibilityReport compatibility,
        boolean allowDroppedState) {

    /** Whether anything would change. */
    public boolean changes() {
        return !document.toJson().equals(current.document());
    }
}
