package io.strandline.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long an entry of a keyed state lives: from its last write, or from its last use, until it counts as absent. When that was is
 * kept with the entry, so that it holds across restores.
 *
 * @param duration at least a millisecond
 * @param refresh what lets an entry live on
 * @param now what time it is, in milliseconds: wall clock or event time, never going back by itself; asked by any thread
 */
public record TimeToLive(Duration duration, Refresh refresh, LongSupplier now) {

    public TimeToLive {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("an entry has to live for at least a millisecond, not " + duration);
        }
    }

    /** Whether an entry last written or used at {@code touched} is absent now. */
    public boolean isOver(long touched) {
        return now.getAsLong() - touched >= duration.toMillis();
    }

    /** What lets an entry live on. */
    public enum Refresh {
        /** Being created or updated. */
        WRITES,
        /** That, and being found. */
        READS_AND_WRITES
    }
}
