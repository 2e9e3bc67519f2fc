package io.strandline.state;

import io.strandline.snapshot.StateSchema;
import java.util.concurrent.CompletableFuture;

/**
 * The keyed state of one operator's subtask: the key groups it owns of each of the operator's states. Owned by one thread,
 * which also does the copying that a freeze leaves to be done.
 */
public interface SubtaskState {

    /**
     * Declares (and on restore attaches to) a keyed state.
     *
     * @param initialWords what a new entry's value starts with; its length is the value's width in words
     * @throws IncompatibleStateException when the restored schema cannot be read as this one
     */
    KeyedTable table(StateSchema schema, long[] initialWords);

    /** Declares (and on restore attaches to) the operator's timers. */
    TimerTable timers(StateSchema schema);

    /**
     * Freezes every table for attempt {@code number}: constant time whatever the size. Legal only when the previous freeze's
     * copying is over, see {@link #sweep}.
     *
     * @return completes when the frozen entries lie sealed in the attempt's staging area; fails when they cannot be written
     */
    CompletableFuture<FlushStatistics> freeze(long number);

    /**
     * Copies a slice of the frozen entries out for the flusher; call it between batches until it returns false.
     *
     * @return whether there is more to copy
     */
    boolean sweep();
}
