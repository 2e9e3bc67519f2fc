package io.strandline.job.web;

import io.strandline.job.JobPipelines.PipelineChange;

/**
 * What a pipeline change was asked for, as its operation keeps it; the document is in the journal once it is saved.
 *
 * @param branch the branch that gets another pipeline
 * @param replaces the version that it ran
 * @param allowDroppedState whether state may be lost
 */
record PipelineOrder(String branch, int replaces, boolean allowDroppedState) {

    static PipelineOrder of(PipelineChange change) {
        return new PipelineOrder(change.branch(), change.current().version(), change.allowDroppedState());
    }
}
