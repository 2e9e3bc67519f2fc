package io.strandline.pipeline;

import java.time.Duration;

/**
 * What follows the failure of an instance. The first restart has no delay.
 *
 * @param initial delay before the second restart; it doubles from there
 * @param max longest delay
 * @param maxAttempts restarts after which the job is FAILED
 * @param fallback what to restart from when the newest snapshot is damaged
 */
public record RestartSpec(Strategy strategy, Duration initial, Duration max, int maxAttempts, Fallback fallback) {

    /** Whether a failed instance is restarted. */
    public enum Strategy {
        EXPONENTIAL,
        NONE
    }

    /** What to restart from when the newest snapshot is damaged. */
    public enum Fallback {
        /** The job is FAILED. */
        NONE,
        /** Its nearest intact ancestor. */
        INTACT_ANCESTOR
    }
}
