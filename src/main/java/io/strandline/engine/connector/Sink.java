package io.strandline.engine.connector;

import java.io.IOException;
import java.util.List;

/**
 * Takes rows out of the job, for one start of an instance.
 *
 * <p>Output is two-phase: a writer stages what it is given and makes it durable when a barrier comes
 * ({@link SinkWriter#prepare}), and it becomes visible when a checkpoint completes ({@link #commit}). A completed number
 * commits everything that the instance staged up to it, attempts that failed in between included.
 */
public interface Sink {

    /**
     * Brings earlier output into agreement with the line that the instance starts from; called once, before any writer is
     * made, and harmless when repeated.
     *
     * @return what was done to committed or staged output
     */
    List<OutputMove> recover(SinkStart start) throws IOException;

    /** The writer of one subtask. */
    SinkWriter writer(SinkWriterContext context) throws IOException;

    /**
     * Makes everything staged up to {@code number} visible. Idempotent; called by one thread, never a worker. When it fails it
     * is tried again, for ever.
     *
     * @throws RefusedRowException when trying again would not help: the instance fails
     */
    void commit(long number) throws IOException;

    /** Rows that the place they go to refused for good, since the start, and that went by as dead letters. */
    default long refusedRows() {
        return 0;
    }
}
