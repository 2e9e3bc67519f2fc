package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of jobs, their pipelines and instances. */
public sealed interface JobChange extends Change {

    /** The job concerned. */
    String jobId();

    /** A job was submitted: the job, its branch {@code main} and pipeline version 1. */
    record JobCreated(String jobId, String name, @Nullable String description, String pipeline, Instant at)
            implements JobChange {}

    /** A new pipeline document became the branch's. */
    record PipelineVersionAdded(String jobId, String branch, int version, String pipeline, Instant at)
            implements JobChange {}

    /** A branch runs an earlier pipeline version again. */
    record PipelineVersionChosen(String jobId, String branch, int version) implements JobChange {}

    /**
     * A person (or the end of input, or a failure for good) decided whether an instance should run. Clears the branch's
     * problem, so that what follows in the same decision may set it anew.
     */
    record DesiredStateSet(String jobId, String branch, Branch.Desired desired) implements JobChange {}

    /** Attempt numbers up to and including {@code upTo} may be given out. */
    record NumbersReserved(String jobId, long upTo) implements JobChange {}

    /** An epoch was granted to a new instance. Clears the branch's problem and {@code finished}. */
    record InstanceStarted(
            String jobId,
            String branch,
            String instanceId,
            long epoch,
            int pipelineVersion,
            int parallelism,
            String backend,
            @Nullable SnapshotId restoredFrom,
            String because,
            Instant at)
            implements JobChange {}

    /**
     * An instance is over. {@code finished} when its input had ended and all of it is in a version. Sets the branch's
     * problem to {@code problem} and its {@code finished}.
     */
    record InstanceEnded(
            String jobId,
            String branch,
            String instanceId,
            String because,
            boolean finished,
            @Nullable ProblemNote problem,
            Instant at)
            implements JobChange {}

    /** A job and its versions went to the trash together. */
    record JobTrashed(String jobId, Trashed trashed) implements JobChange {}

    /** A job came back from the trash with the versions that went with it. */
    record JobUndeleted(String jobId) implements JobChange {}

    /** A trashed job is gone for good; its name is free. */
    record JobPurged(String jobId) implements JobChange {}
}
