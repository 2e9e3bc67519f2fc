package io.strandline.catalog;

import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of versions a job runs on.
 *
 * @param jobId its job
 * @param name its name; {@code main} always exists
 * @param head the newest version of the line, null before the first
 * @param headNumber the head's number, null before the first
 * @param line stretches of history the head descends from, oldest first
 * @param pipelineVersion the pipeline it runs
 * @param desired whether an instance should run
 * @param epoch the last fencing epoch granted on it, 0 before the first
 * @param problem why it is not running though it should, null when all is well
 * @param finished whether its input has ended and the FINAL version is complete
 */
public record Branch(
        String jobId,
        String name,
        @Nullable SnapshotId head,
        @Nullable Long headNumber,
        List<LineSegment> line,
        int pipelineVersion,
        Desired desired,
        long epoch,
        @Nullable ProblemNote problem,
        boolean finished) {

    /** The branch every job has. */
    public static final String MAIN = "main";

    public Branch {
        line = List.copyOf(line);
    }

    /** Whether an instance should run. */
    public enum Desired {
        STOPPED,
        RUNNING
    }
}
