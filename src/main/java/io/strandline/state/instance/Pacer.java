package io.strandline.state.instance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Spreads a flush over the checkpoint interval: after each stretch of work it pauses as long as the stretch took, up to 2 ms,
 * until 40 % of the interval have passed; from then on it hurries.
 */
final class Pacer {

    private static final int STRETCH_ENTRIES = 8192;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;
    private static final double SHARE = 0.4;

    private final long started = System.nanoTime();
    private final long spreadNanos;
    private long stretchStarted = started;
    private int entries;

    Pacer(Duration interval) {
        this.spreadNanos = (long) (interval.toNanos() * SHARE);
    }

    /** One more entry was written. */
    void entry() {
        if (++entries == STRETCH_ENTRIES) {
            entries = 0;
            pause();
        }
    }

    private void pause() {
        long now = System.nanoTime();
        if (now - started < spreadNanos) {
            LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, now - stretchStarted));
        }
        stretchStarted = System.nanoTime();
    }
}
