package io.strandline.retention.plan;

import io.strandline.catalog.history.History;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Doubts the clock before anything is deleted by its word: it must not be behind the journal's newest entry, and must not
 * have stepped far against monotonic time while the server ran.
 */
public final class ClockGuard {

    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final History history;
    private final Duration jump;
    private Instant lastTime;
    private long lastNanos;
    private @Nullable String jumped;

    /**
     * Watches from now on.
     *
     * @param nanoTime monotonic nanoseconds, as {@link System#nanoTime}
     * @param jump the largest step that is not suspect
     */
    public ClockGuard(Clock clock, LongSupplier nanoTime, History history, Duration jump) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.history = history;
        this.jump = jump;
        this.lastTime = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    /** Reads the clock and doubts it; call it often, a jump is seen between two calls. */
    public synchronized Reading read() {
        Instant newest = history.newestEntryAt();
        Instant now = clock.instant();
        watch(now);
        if (now.isBefore(newest.minus(TOLERANCE))) {
            return new Reading(
                    now, "The clock says " + now + ", which is before the journal's newest entry of " + newest + ".");
        }
        return new Reading(now, jumped);
    }

    /** Forgets a jump: a person has looked at the clock and said to go on. */
    public synchronized void acceptJump() {
        watch(clock.instant());
        jumped = null;
    }

    private void watch(Instant now) {
        long nanos = nanoTime.getAsLong();
        Duration passed = Duration.ofNanos(nanos - lastNanos);
        Duration step = Duration.between(lastTime.plus(passed), now);
        if (step.abs().compareTo(jump) > 0) {
            jumped = "The clock jumped by " + step + " to " + now + " while the server ran.";
        }
        lastTime = now;
        lastNanos = nanos;
    }

    /**
     * What the clock says.
     *
     * @param now the time
     * @param suspicion why it is not to be trusted, null when it is
     */
    public record Reading(Instant now, @Nullable String suspicion) {

        /** Whether it is not to be trusted. */
        public boolean suspect() {
            return suspicion != null;
        }
    }
}
