package io.strandline.engine;

import java.time.Duration;

/**
 * How the engine uses the machine.
 *
 * @param workers threads that step subtasks
 * @param batchSize most rows in a batch
 * @param queueCapacity most elements waiting in a channel
 * @param latencyBudget how long rows may wait for their batch to fill
 */
public record EngineSettings(int workers, int batchSize, int queueCapacity, Duration latencyBudget) {

    public EngineSettings {
        if (workers < 1 || batchSize < 1 || queueCapacity < 1 || latencyBudget.isNegative()) {
            throw new IllegalArgumentException("workers %d, batch size %d, queue %d, latency budget %s"
                    .formatted(workers, batchSize, queueCapacity, latencyBudget));
        }
    }

    /** A worker per core, batches of 1024 rows, 32 of them a channel, one millisecond. */
    public static EngineSettings defaults() {
        return new EngineSettings(Runtime.getRuntime().availableProcessors(), 1024, 32, Duration.ofMillis(1));
    }
}
