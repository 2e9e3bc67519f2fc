package io.strandline.engine.task;

import java.time.Duration;

/**
 * How long a subtask may stay in one step.
 *
 * @param tellAfter then it is told, once a step
 * @param giveUpAfter then its instance fails, and its worker's other subtasks go on without it
 */
public record Patience(Duration tellAfter, Duration giveUpAfter) {

    public Patience {
        if (tellAfter.isNegative() || tellAfter.isZero() || giveUpAfter.compareTo(tellAfter) < 0) {
            throw new IllegalArgumentException("told after " + tellAfter + ", given up after " + giveUpAfter);
        }
    }
}
