package io.strandline.snapshot;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids for versions: UUIDv7 with a counter (RFC 9562, 6.2, method 1), so that ids made one after another sort that
 * way even within a millisecond or when the clock steps back.
 */
public final class SnapshotIds {

    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7L << COUNTER_BITS;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_MASK = 0x3fff_ffff_ffff_ffffL;

    private final Clock clock;
    private final RandomGenerator random;
    private long millis;
    private int counter;

    /** With its own clock and randomness. */
    public SnapshotIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** An id greater than any before. */
    public synchronized SnapshotId next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            counter = random.nextInt(COUNTER_MASK >>> 1); // room to count up
        } else if (counter == COUNTER_MASK) {
            millis++;
            counter = 0;
        } else {
            counter++;
        }
        long high = millis << 16 | VERSION | counter;
        long low = VARIANT | random.nextLong() & RANDOM_MASK;
        return new SnapshotId(new UUID(high, low));
    }
}
