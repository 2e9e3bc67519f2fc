package io.strandline.runner;

import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a runner needs to run a job on a branch.
 *
 * @param instanceId the run's id
 * @param on the branch it runs on
 * @param job the job's name
 * @param epoch the fencing epoch it was granted
 * @param pipeline the pipeline document, canonical JSON
 * @param pipelineVersion its version
 * @param parallelism overrides the document's, null to keep it
 * @param backend overrides the document's, null to keep it
 * @param restoreFrom the version to go on from, null for a fresh start
 * @param line what sinks may keep: the stretches of history the start descends from, empty for a fresh start
 * @param routes sinks that write elsewhere than the pipeline says, by name
 */
public record InstanceSpec(
        String instanceId,
        BranchRef on,
        String job,
        long epoch,
        String pipeline,
        int pipelineVersion,
        @Nullable Integer parallelism,
        @Nullable String backend,
        @Nullable Manifest restoreFrom,
        List<LineSegment> line,
        Map<String, SinkRoute> routes) {

    public InstanceSpec {
        line = List.copyOf(line);
        routes = Map.copyOf(routes);
    }

    /** The same start with the epoch it was granted. */
    public InstanceSpec withEpoch(long granted) {
        return new InstanceSpec(
                instanceId,
                on,
                job,
                granted,
                pipeline,
                pipelineVersion,
                parallelism,
                backend,
                restoreFrom,
                line,
                routes);
    }
}
