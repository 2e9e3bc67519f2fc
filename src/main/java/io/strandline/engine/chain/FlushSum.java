package io.strandline.engine.chain;

import io.strandline.state.FlushStatistics;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sums up what several flushes wrote. */
public final class FlushSum {

    private FlushSum() {}

    /** Completes when all of them have, with their sum. */
    public static CompletableFuture<FlushStatistics> of(List<CompletableFuture<FlushStatistics>> flushes) {
        return CompletableFuture.allOf(flushes.toArray(CompletableFuture[]::new))
                .thenApply(done -> sum(flushes));
    }

    private static FlushStatistics sum(List<CompletableFuture<FlushStatistics>> flushes) {
        long dirty = 0;
        long newBytes = 0;
        long totalBytes = 0;
        long nanos = 0;
        for (CompletableFuture<FlushStatistics> flush : flushes) {
            FlushStatistics one = flush.join();
            dirty += one.dirtyEntries();
            newBytes += one.newBytes();
            totalBytes += one.totalBytes();
            nanos = Math.max(nanos, one.asyncNanos());
        }
        return new FlushStatistics(dirty, newBytes, totalBytes, nanos);
    }
}
