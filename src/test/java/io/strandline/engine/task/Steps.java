package io.strandline.engine.task;

import java.io.IOException;

/** Steps subtasks for a simulation, in place of workers. */
public final class Steps {

    private Steps() {}

    /** Takes one step. */
    public static void step(Subtask subtask, long nowNanos) throws IOException {
        subtask.step(nowNanos);
    }
}
