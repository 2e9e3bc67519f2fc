package io.strandline.engine.task;

import io.strandline.engine.chain.LinkedChain;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.SubtaskState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keys that somebody asks a subtask for while it works. They are looked up one after the other, a slice a step, and what goes wrong
 * with one is told to who asked and nobody else.
 */
final class Looks {

    private static final int MOST_WAITING = 64;

    private final LinkedChain chain;
    private final Queue<Asked> posted = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> waiting = new ArrayDeque<>();
    private SubtaskState.@Nullable Look current;

    Looks(LinkedChain chain) {
        this.chain = chain;
    }

    /**
     * Posts a question; by any thread.
     *
     * @return completes with what there is under the key, empty when the vertex has no such state; fails when it cannot be read, or too
     *     many wait already
     */
    CompletableFuture<Optional<List<Entry>>> ask(String vertex, String state, List<Object> key) {
        Asked asked = new Asked(vertex, state, key, new CompletableFuture<>());
        posted.add(asked);
        return asked.answer;
    }

    /** Does a slice of the first that waits, if state may be used; by the subtask's worker. Whether there was one. */
    boolean step(boolean ready) {
        for (Asked asked = posted.poll(); asked != null; asked = posted.poll()) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(asked);
            } else {
                asked.answer.completeExceptionally(new IOException(MOST_WAITING + " look-ups wait already"));
            }
        }
        Asked first = waiting.peek();
        if (first == null || !ready) {
            return false;
        }
        if (first.answer.isDone() || isOver(first)) {
            waiting.poll();
            current = null;
        }
        return true;
    }

    private boolean isOver(Asked asked) {
        try {
            SubtaskState.Look look = current;
            if (look == null) {
                look = begin(asked);
                current = look;
            }
            if (look == null) {
                asked.answer.complete(Optional.empty());
                return true;
            }
            boolean over = look.step();
            if (over) {
                asked.answer.complete(Optional.of(look.entries()));
            }
            return over;
        } catch (IOException | RuntimeException e) {
            asked.answer.completeExceptionally(e);
            return true;
        }
    }

    private SubtaskState.@Nullable Look begin(Asked asked) {
        return chain.links().stream()
                .filter(link -> link.vertex().equals(asked.vertex))
                .findFirst()
                .flatMap(link -> link.look(asked.state, asked.key))
                .orElse(null);
    }

    /** A question. */
    private record Asked(
            String vertex, String state, List<Object> key, CompletableFuture<Optional<List<Entry>>> answer) {}
}
