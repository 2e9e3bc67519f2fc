package io.strandline.snapshot;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/**
 * Makes UUIDv7s (RFC 9562): 48 bits of milliseconds, then random bits with a counter in front, so that the ids one server
 * makes sort in the order they were made, also within a millisecond and when the clock steps back.
 */
public final class TimeOrderedIds {

    private static final long COUNTER_MASK = 0xFFFL;

    private final Clock clock;
    private final Random random;
    private long lastMillis;
    private long counter;

    /** Ids by {@code clock}, unguessable. */
    public TimeOrderedIds(Clock clock) {
        this(clock, new SecureRandom());
    }

    /** Ids by {@code clock} and {@code random}; the same seed and clock make the same ids. */
    public TimeOrderedIds(Clock clock, Random random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id, larger than all before. */
    public synchronized UUID next() {
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = random.nextLong() & (COUNTER_MASK >> 1);
        } else if (++counter > COUNTER_MASK) {
            lastMillis++;
            counter = 0;
        }
        long high = lastMillis << 16 | 0x7000L | counter;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** The next id as a version's name. */
    public SnapshotId nextSnapshotId() {
        return new SnapshotId(next());
    }
}
