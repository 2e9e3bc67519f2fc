package io.strandline.event.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed delivery is tried again: twice as long each time up to a limit, less up to half of it at
 * random, so that targets that failed together are not tried together.
 *
 * @param first before the first repetition
 * @param longest the limit
 * @param paused while a target is paused
 */
public record Backoff(Duration first, Duration longest, Duration paused) {

    /** From a second to five minutes, and once an hour while paused. */
    public static final Backoff USUAL = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1));

    private static final int MOST_DOUBLINGS = 20;

    /** The wait before a repetition. */
    Duration before(int repetition, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(MOST_DOUBLINGS, repetition - 1);
        long whole = Math.min(longest.toMillis(), doubled);
        return Duration.ofMillis(whole - random.nextLong(whole / 2 + 1));
    }
}
