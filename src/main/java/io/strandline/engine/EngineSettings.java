package io.strandline.engine;

import java.time.Duration;

/**
 * How the engine uses the machine.
 *
 * @param workers threads that step subtasks
 * @param batchSize most rows in a batch
 * @param queueCapacity most elements waiting in a channel
 * @param latencyBudget how long rows may wait for their batch to fill
 * @param stuckAfter how long a subtask may stay in one step before that is told
 * @param giveUpAfter how long before its instance fails
 */
public record EngineSettings(
        int workers,
        int batchSize,
        int queueCapacity,
        Duration latencyBudget,
        Duration stuckAfter,
        Duration giveUpAfter) {

    private static final Duration STUCK_AFTER = Duration.ofMinutes(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

    public EngineSettings {
        if (workers < 1 || batchSize < 1 || queueCapacity < 1 || latencyBudget.isNegative()) {
            throw new IllegalArgumentException("workers %d, batch size %d, queue %d, latency budget %s"
                    .formatted(workers, batchSize, queueCapacity, latencyBudget));
        }
    }

    /** A stuck step is told after a minute and given up after five. */
    public EngineSettings(int workers, int batchSize, int queueCapacity, Duration latencyBudget) {
        this(workers, batchSize, queueCapacity, latencyBudget, STUCK_AFTER, GIVE_UP_AFTER);
    }

    /** A worker per core, batches of 1024 rows, 32 of them a channel, one millisecond. */
    public static EngineSettings defaults() {
        return new EngineSettings(Runtime.getRuntime().availableProcessors(), 1024, 32, Duration.ofMillis(1));
    }
}
