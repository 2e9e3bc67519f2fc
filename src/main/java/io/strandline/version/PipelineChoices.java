package io.strandline.version;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.job.JobPipelines;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says which pipeline runs from a version on that may have been written by another than the branch's. */
@Component
public final class PipelineChoices {

    private final JobPipelines pipelines;

    PipelineChoices(JobPipelines pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * The pipeline version.
     *
     * @param current what the branch runs
     * @param choice what somebody chose, null for nothing
     * @throws StrandlineException {@code pipeline-choice-required} with the compatibility report
     */
    public int choose(Job job, int current, Snapshot version, @Nullable PipelineChoice choice) {
        if (choice == PipelineChoice.SNAPSHOT) {
            return version.pipelineVersion();
        }
        if (choice == null && !same(job, current, version.pipelineVersion())) {
            throw Problem.of(
                            ErrorCode.PIPELINE_CHOICE_REQUIRED,
                            "Version " + version.number() + " was written by pipeline version "
                                    + version.pipelineVersion()
                                    + ", the branch runs " + current + "; send pipeline CURRENT or SNAPSHOT.")
                    .withExtension("compatibility", pipelines.compatibility(job, version, current))
                    .asException();
        }
        return current;
    }

    private boolean same(Job job, int one, int other) {
        return one == other
                || pipelines
                        .version(job, one)
                        .document()
                        .equals(pipelines.version(job, other).document());
    }
}
