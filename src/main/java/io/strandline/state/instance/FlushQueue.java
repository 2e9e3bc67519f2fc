package io.strandline.state.instance;

import io.strandline.state.FlushStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes the freezes of one subtask in the background, one after the other. */
final class FlushQueue {

    /** More wait only when storage is slower than attempts follow each other: then new ones are refused. */
    static final int MOST_WAITING = 2;

    private final BackgroundWork background;
    private final AtomicInteger waiting = new AtomicInteger();
    private CompletableFuture<FlushStatistics> last =
            CompletableFuture.completedFuture(new FlushStatistics(0, 0, 0, 0));
    private volatile boolean failed;

    FlushQueue(BackgroundWork background) {
        this.background = background;
    }

    /** Writes when what was given before is written, well or badly. */
    CompletableFuture<FlushStatistics> add(Flush flush) {
        waiting.incrementAndGet();
        CompletableFuture<FlushStatistics> result = new CompletableFuture<>();
        last = last.handleAsync((before, failure) -> background.run(() -> write(flush)), background.executor());
        last.whenComplete((statistics, failure) -> {
            failed = failure != null;
            waiting.decrementAndGet();
            if (failure == null) {
                result.complete(statistics);
            } else {
                result.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        return result;
    }

    /** Freezes that are not written yet. */
    int waiting() {
        return waiting.get();
    }

    /** Whether the newest could not be written. */
    boolean hasFailed() {
        return failed;
    }

    private static FlushStatistics write(Flush flush) {
        try {
            return flush.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes something. */
    @FunctionalInterface
    interface Flush {

        FlushStatistics write() throws IOException;
    }
}
