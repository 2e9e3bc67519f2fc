package io.strandline.engine.task;

import io.strandline.engine.connector.OutputLostException;
import io.strandline.state.FlushStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects what has to become durable before a subtask can acknowledge an attempt. */
final class Freeze {

    private final long number;
    private final List<CompletableFuture<FlushStatistics>> states = new ArrayList<>();
    private final List<CompletableFuture<Void>> outputs = new ArrayList<>();

    Freeze(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    void state(CompletableFuture<FlushStatistics> flush) {
        states.add(flush);
    }

    void output(CompletableFuture<Void> prepared) {
        outputs.add(prepared);
    }

    /** Whether what an output had staged is lost to every later attempt, too. */
    boolean lostOutput() {
        return outputs.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .anyMatch(output ->
                        output.handle((done, failure) -> lost(failure)).join());
    }

    private static boolean lost(@Nullable Throwable failure) {
        return failure != null && (failure instanceof OutputLostException || lost(failure.getCause()));
    }

    /** Completes with the sum over all states when everything is durable. */
    CompletableFuture<FlushStatistics> durable() {
        List<CompletableFuture<?>> all = new ArrayList<>(states);
        all.addAll(outputs);
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> sum());
    }

    private FlushStatistics sum() {
        long dirty = 0;
        long newBytes = 0;
        long totalBytes = 0;
        long nanos = 0;
        for (CompletableFuture<FlushStatistics> state : states) {
            FlushStatistics one = state.join();
            dirty += one.dirtyEntries();
            newBytes += one.newBytes();
            totalBytes += one.totalBytes();
            nanos = Math.max(nanos, one.asyncNanos());
        }
        return new FlushStatistics(dirty, newBytes, totalBytes, nanos);
    }
}
