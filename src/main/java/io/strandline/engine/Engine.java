package io.strandline.engine;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.graph.JobGraph;

/** Runs jobs on a fixed pool of workers; one job's failure never touches another. Safe for concurrent use. */
public interface Engine extends AutoCloseable {

    /**
     * Starts an instance. Returns at once; whether it could be opened is told to the listener.
     *
     * @param ledger where its snapshots become versions
     */
    RunningJob start(JobGraph graph, JobStart start, CheckpointLedger ledger, JobListener listener);

    /** Ends every instance without a snapshot and stops the workers. */
    @Override
    void close();
}
