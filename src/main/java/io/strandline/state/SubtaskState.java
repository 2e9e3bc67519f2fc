package io.strandline.state;

import io.strandline.snapshot.StateSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

    /** Declares a keyed state whose entries expire; in versions it has one more column, {@code touched~}. */
    KeyedTable table(StateSchema schema, long[] initialWords, TimeToLive ttl);

    /**
     * What the restored version holds of a keyed state, those of the other subtasks' key groups too, as it was then; whatever is done
     * to it goes nowhere. All of it is taken into memory before {@link #isReady}, so it suits states of few entries.
     */
    KeyedTable restored(StateSchema schema);

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
     * Does a slice of the state's own work: copies frozen entries out for the flusher, spills when memory is short, takes in what
     * was restored. Call it between batches.
     *
     * @return whether there is more to copy; until then {@link #freeze} is not legal
     */
    boolean sweep();

    /**
     * Whether tables and timers may be used and frozen now: not while timers are restored or runs opened, and not while changes
     * that wait for being written fill the memory. Until then the owner holds its input back and goes on calling {@link #sweep},
     * at least every few milliseconds.
     */
    boolean isReady();

    /**
     * Begins to look a key up as it is now; by the owner, while {@link #isReady}.
     *
     * @param key one boxed value a key column, of a key group of this subtask
     * @return empty when no such state was declared
     */
    Optional<Look> look(String state, List<Object> key);

    /** Says what to run, on any thread, when the background has done something that {@link #sweep} may go on with. */
    void whenAdvanced(Runnable wakeUp);

    /** A look at one key, which takes a slice at a time where all entries have to be gone through. Changes nothing. */
    interface Look {

        /** Does a slice, by the owner; whether it is done. */
        boolean step() throws IOException;

        /** What there is under the key, by time and namespace ascending; once it is done. */
        List<SnapshotReader.Entry> entries();
    }
}
