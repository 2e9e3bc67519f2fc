package io.strandline.engine.task;

import java.time.Duration;

/**
 * How long a subtask may stay in one step. What counts is the time between looks, of which none counts for more than two: when the
 * whole process stood still, or its machine did, no step was stuck.
 *
 * @param tellAfter then it is told, once a step
 * @param giveUpAfter then its instance fails, and its worker's other subtasks go on without it
 */
public record Patience(Duration tellAfter, Duration giveUpAfter) {

    private static final int LOOKS = 4;

    public Patience {
        if (tellAfter.isNegative() || tellAfter.isZero() || giveUpAfter.compareTo(tellAfter) < 0) {
            throw new IllegalArgumentException("told after " + tellAfter + ", given up after " + giveUpAfter);
        }
    }

    /** How often to look. */
    public Duration pause() {
        return tellAfter.dividedBy(LOOKS);
    }

    /** How much of the time since the last look counts. */
    long counted(long nanos) {
        return Math.min(nanos, 2 * pause().toNanos());
    }
}
