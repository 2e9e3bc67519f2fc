package io.strandline.api.state;

import java.time.Duration;

/**
 * How long a key's entry of a state lives by the wall clock; then it reads as absent and goes with the next versions.
 *
 * @param duration at least a millisecond
 * @param readsRefresh whether being read lets it live on, as being updated does
 */
public record Ttl(Duration duration, boolean readsRefresh) {

    public Ttl {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("an entry has to live for at least a millisecond, not " + duration);
        }
    }

    /** From its last update. */
    public static Ttl sinceUpdate(Duration duration) {
        return new Ttl(duration, false);
    }

    /** From its last use. */
    public static Ttl sinceUse(Duration duration) {
        return new Ttl(duration, true);
    }
}
