package io.strandline.engine.chain;

import io.strandline.engine.connector.OutputLostException;
import io.strandline.state.FlushStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects what has to become durable before a subtask can acknowledge an attempt. */
public final class Freeze {

    private final long number;
    private final List<CompletableFuture<FlushStatistics>> states = new ArrayList<>();
    private final List<CompletableFuture<Void>> outputs = new ArrayList<>();

    /** For one attempt. */
    public Freeze(long number) {
        this.number = number;
    }

    /** The attempt's number. */
    public long number() {
        return number;
    }

    /** Waits for a flush. */
    public void state(CompletableFuture<FlushStatistics> flush) {
        states.add(flush);
    }

    void output(CompletableFuture<Void> prepared) {
        outputs.add(prepared);
    }

    /** Whether what an output had staged is lost to every later attempt, too. */
    public boolean lostOutput() {
        return outputs.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .anyMatch(output ->
                        output.handle((done, failure) -> lost(failure)).join());
    }

    private static boolean lost(@Nullable Throwable failure) {
        return failure != null && (failure instanceof OutputLostException || lost(failure.getCause()));
    }

    /** Completes with the sum over all states when everything is durable. */
    public CompletableFuture<FlushStatistics> durable() {
        return FlushSum.of(states)
                .thenCombine(CompletableFuture.allOf(outputs.toArray(CompletableFuture[]::new)), (sum, done) -> sum);
    }
}
