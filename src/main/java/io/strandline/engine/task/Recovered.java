package io.strandline.engine.task;

import io.strandline.engine.chain.ChainLink;
import io.strandline.engine.element.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Rows that were in flight in the restored version: they go to their links before anything else is read. */
final class Recovered {

    private final Deque<Rows> waiting = new ArrayDeque<>();

    void add(ChainLink link, int input, Batch batch) {
        waiting.add(new Rows(link, input, batch));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Nullable
    Rows poll() {
        return waiting.poll();
    }

    /** Copies what still waits. */
    void copyTo(InFlightLog log) {
        waiting.forEach(rows -> log.add(rows.link.vertex(), rows.input, rows.batch));
    }

    /** A batch for one input of a link. */
    record Rows(ChainLink link, int input, Batch batch) {}
}
