package io.strandline.catalog;

import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param forkedFrom where it began, null for {@code main}
 * @param protection what may be done to it
 * @param sinks where each sink writes on this branch, by the sink's name; empty where the pipeline says it
 * @param trashed set while it lies in the trash
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
        boolean finished,
        @Nullable Fork forkedFrom,
        Protection protection,
        Map<String, SinkChoice> sinks,
        @Nullable Trashed trashed) {

    /** The branch every job has. */
    public static final String MAIN = "main";

    public Branch {
        line = List.copyOf(line);
        sinks = Map.copyOf(sinks);
    }

    /** The same branch with its head, line and pipeline elsewhere. */
    public Branch at(
            @Nullable SnapshotId otherHead,
            @Nullable Long otherNumber,
            List<LineSegment> otherLine,
            int otherPipeline) {
        return new Branch(
                jobId,
                name,
                otherHead,
                otherNumber,
                otherLine,
                otherPipeline,
                desired,
                epoch,
                problem,
                finished,
                forkedFrom,
                protection,
                sinks,
                trashed);
    }

    /**
     * The version a branch began at.
     *
     * @param revision the expression somebody named it by
     * @param snapshot its id
     * @param number its number
     * @param branch the branch it was made on
     * @param at when the branch was made
     */
    public record Fork(String revision, SnapshotId snapshot, long number, String branch, Instant at) {}

    /**
     * What may be done to a branch.
     *
     * @param deletable whether it can be deleted; {@code main} never can
     * @param resettable whether its head may be moved to anything but a descendant
     */
    public record Protection(boolean deletable, boolean resettable) {

        /** That of {@code main}. */
        public static final Protection OF_MAIN = new Protection(false, true);

        /** That of any other branch, unless somebody says otherwise. */
        public static final Protection NONE = new Protection(true, true);
    }

    /** Whether an instance should run. */
    public enum Desired {
        STOPPED,
        RUNNING
    }
}
