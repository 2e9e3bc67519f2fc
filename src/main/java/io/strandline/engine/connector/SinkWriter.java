package io.strandline.engine.connector;

import io.strandline.engine.element.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Stages the rows of one subtask. Used by one thread. */
public interface SinkWriter extends Closeable {

    /**
     * Whether it takes rows now. While it does not, its subtask takes no further input; what is still held back there may come
     * all the same.
     */
    default boolean ready() {
        return true;
    }

    /** Stages a batch, which belongs to the caller again on return. */
    void write(Batch batch) throws IOException;

    /**
     * Gives what was staged since the last barrier the number of the attempt whose barrier has come.
     *
     * @return completes when it is durable, so that {@link Sink#commit} can no longer fail for want of it; if it fails, the
     *     instance does, because no later attempt would have the rows
     */
    CompletableFuture<Void> prepare(long number) throws IOException;
}
