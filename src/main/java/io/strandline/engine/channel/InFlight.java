package io.strandline.engine.channel;

import io.strandline.engine.element.Batch;

/** Takes rows that a barrier has overtaken on their way to a subtask. */
@FunctionalInterface
public interface InFlight {

    /**
     * Takes a copy of a batch.
     *
     * @param input which of the subtask's inputs it is for
     */
    void add(int input, Batch batch);
}
