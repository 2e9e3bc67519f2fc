package io.strandline.state;

import java.util.concurrent.Executor;

/**
 * Who does a backend's work in the background.
 *
 * @param flusher runs flushes, which checkpoints wait for
 * @param merger runs merges: apart from the flushes, which would wait behind one for as long as its runs are large
 * @param sealer makes files durable that flushes and merges have written to their end, while these go on with the next file; what it
 *     has not begun when they wait for it they do themselves
 */
public record StateExecutors(Executor flusher, Executor merger, Executor sealer) {

    /** Files are made durable by who wrote them. */
    public StateExecutors(Executor flusher, Executor merger) {
        this(flusher, merger, Runnable::run);
    }
}
