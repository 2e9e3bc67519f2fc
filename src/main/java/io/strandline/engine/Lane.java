package io.strandline.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs what may block, one task at a time and in order. A task handles its own failures. */
final class Lane {

    private final Executor executor;
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

    Lane(Executor executor) {
        this.executor = executor;
    }

    synchronized void run(Runnable task) {
        tail = tail.thenRunAsync(task, executor).exceptionally(handled -> null);
    }

    /** Later tasks also wait for {@code gate}. */
    synchronized void await(CompletableFuture<Void> gate) {
        tail = tail.thenCombine(gate.exceptionally(handled -> null), (before, open) -> null);
    }
}
