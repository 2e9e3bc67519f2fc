package io.strandline.engine.connector;

import io.strandline.engine.element.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
     * Why there is no room for more rows now, null when there is; until then it is not {@link #ready}, and no attempt can
     * succeed. Nothing that was taken is lost. Asked again and again, so that a writer may try anew.
     */
    default @Nullable IOException stall() throws IOException {
        return null;
    }

    /**
     * Gives what was staged since the last barrier the number of the attempt whose barrier has come.
     *
     * @return completes when it is durable, so that {@link Sink#commit} can no longer fail for want of it. When it fails,
     *     the attempt does, and what was staged goes to the attempt after; with an {@link OutputLostException} nothing can
     *     go anywhere, and the instance fails
     */
    CompletableFuture<Void> prepare(long number) throws IOException;
}
