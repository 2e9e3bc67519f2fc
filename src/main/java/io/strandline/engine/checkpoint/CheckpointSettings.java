package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When and how an instance takes snapshots.
 *
 * @param interval between the beginnings of two periodic ones; null for none
 * @param minPause between the end of one and the beginning of the next periodic one
 * @param timeout after which an attempt is given up
 * @param tolerableFailures requests that may fail in a row before the instance does
 * @param retry of a request whose attempt failed
 * @param guarantee what alignment promises
 * @param alignedTimeout how long a barrier waits behind rows before it overtakes them, zero for not at all; null for ever. Of
 *     no effect without alignment
 * @param mode how they are written unless a request says otherwise
 */
public record CheckpointSettings(
        @Nullable Duration interval,
        Duration minPause,
        Duration timeout,
        int tolerableFailures,
        Retry retry,
        Guarantee guarantee,
        @Nullable Duration alignedTimeout,
        SnapshotMode mode) {

    /** How long a barrier waits before it overtakes, in nanoseconds; {@code Long.MAX_VALUE} for ever. */
    public long patienceNanos() {
        return alignedTimeout == null || guarantee != Guarantee.EXACTLY_ONCE
                ? Long.MAX_VALUE
                : alignedTimeout.toNanos();
    }

    /** What a restore may see. */
    public enum Guarantee {
        /** Every row once. */
        EXACTLY_ONCE,
        /** Every row at least once: inputs are not aligned. */
        AT_LEAST_ONCE
    }

    /**
     * How often a request is tried.
     *
     * @param attempts at least 1
     * @param initial before the second one, doubled each time
     * @param max the longest pause
     */
    public record Retry(int attempts, Duration initial, Duration max) {

        /** One attempt. */
        public static final Retry NONE = new Retry(1, Duration.ZERO, Duration.ZERO);

        public Retry {
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts: " + attempts);
            }
        }

        long pauseNanos(int failedAttempts) {
            long pause = initial.toNanos();
            for (int i = 1; i < failedAttempts && pause < max.toNanos(); i++) {
                pause *= 2;
            }
            return Math.min(pause, max.toNanos());
        }
    }
}
