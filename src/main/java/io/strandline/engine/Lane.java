package io.strandline.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs what may block, one task at a time and in order. A task handles the failures it expects. */
final class Lane {

    private final Executor executor;
    private final Consumer<Throwable> broken;
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

    /** @param broken told what a task threw; later tasks run all the same */
    Lane(Executor executor, Consumer<Throwable> broken) {
        this.executor = executor;
        this.broken = broken;
    }

    synchronized void run(Runnable task) {
        tail = tail.thenRunAsync(task, executor).exceptionally(thrown -> {
            Throwable cause = thrown.getCause();
            broken.accept(cause == null ? thrown : cause);
            return null;
        });
    }

    /** Later tasks also wait for {@code gate}. */
    synchronized void await(CompletableFuture<Void> gate) {
        tail = tail.thenCombine(gate.exceptionally(handled -> null), (before, open) -> null);
    }
}
