package io.strandline.runner.intake;

import io.strandline.snapshot.SourcePosition;
import java.util.List;

/** Takes records that clients push to sources of jobs, whether these run or not. Safe for concurrent use. */
public interface RecordIntake {

    /** Checks records and keeps all or none of them; returns when they are durable. */
    PushOutcome push(PushTarget target, Push push);

    /** The sources of a job whose records take so much room that {@link #release} may free some. */
    List<String> crowded(String jobId);

    /**
     * Lets records of a source go that lie before these positions, which are the oldest that anything may still go on from; a
     * split that is not among them keeps everything.
     */
    void release(String jobId, String source, List<SourcePosition> oldest);

    /** Deletes everything that was pushed to a job that is gone. */
    void forget(String jobId);

    /** Jobs that something was pushed to. */
    List<String> jobs();
}
