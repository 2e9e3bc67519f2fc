package io.strandline.state.instance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Spreads a flush over the checkpoint interval: after each stretch of work it pauses until as much of {@link #SHARE} of the interval has
 * passed as is written of what was expected, but never longer than four times the stretch or 2 ms; where it is late, it hurries.
 */
final class Pacer {

    /** Entries between two pauses: short enough for who shares the processor to wait little. */
    private static final int STRETCH_ENTRIES = 4096;

    private static final long LONGEST_PAUSE_NANOS = 2_000_000;
    private static final int TIMES_THE_STRETCH = 4;
    private static final double SHARE = 0.5;
    /** What a rest lasts at most: this share of the interval, and so many nanoseconds. */
    private static final double LONGEST_REST_SHARE = 0.1;

    private static final long LONGEST_REST_NANOS = 100_000_000;

    private final long started = System.nanoTime();
    private final double nanosEach;
    private long stretchStarted = started;
    private long entries;

    /** For about so many entries. */
    Pacer(Duration interval, long expected) {
        this.nanosEach = interval.toNanos() * SHARE / Math.max(1, expected);
    }

    /**
     * Leaves the stream alone for as long as it was busy with copying what is to be written: both at once would halve what it
     * gets done in that time.
     *
     * @param frozenNanos when copying began, by {@link System#nanoTime}
     */
    static void rest(long frozenNanos, Duration interval) {
        long longest = Math.min(LONGEST_REST_NANOS, (long) (interval.toNanos() * LONGEST_REST_SHARE));
        LockSupport.parkNanos(Math.min(longest, System.nanoTime() - frozenNanos));
    }

    /** One more entry was written. */
    void entry() {
        if (++entries % STRETCH_ENTRIES == 0) {
            pause();
        }
    }

    private void pause() {
        long now = System.nanoTime();
        long early = started + (long) (entries * nanosEach) - now;
        if (early > 0) {
            long most = Math.min(LONGEST_PAUSE_NANOS, TIMES_THE_STRETCH * (now - stretchStarted));
            LockSupport.parkNanos(Math.min(most, early));
        }
        stretchStarted = System.nanoTime();
    }
}
