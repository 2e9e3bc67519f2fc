package io.strandline.config;

import io.strandline.engine.EngineSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the engine uses the machine.
 *
 * @param workers threads that step subtasks; 0 is one a core
 * @param backgroundThreads threads that flush, and as many that fsync, besides one that merges; 0 is one a core, at least 2
 * @param batchSize most rows in a batch
 * @param queueCapacity most elements waiting in a channel
 * @param latencyBudget how long rows may wait for their batch to fill
 * @param stuckAfter how long a subtask may stay in one step before that is logged with its stack
 * @param giveUpAfter how long before its instance fails
 * @param memoryStore most bytes that snapshots of jobs on the {@code memory} backend may take together
 */
@ConfigurationProperties("strandline.engine")
record EngineProperties(
        @DefaultValue("0") int workers,
        @DefaultValue("0") int backgroundThreads,
        @DefaultValue("1024") int batchSize,
        @DefaultValue("32") int queueCapacity,
        @DefaultValue("1ms") Duration latencyBudget,
        @DefaultValue("1m") Duration stuckAfter,
        @DefaultValue("5m") Duration giveUpAfter,
        @DefaultValue("256MB") DataSize memoryStore) {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    EngineSettings toSettings() {
        return new EngineSettings(
                workers == 0 ? CORES : workers, batchSize, queueCapacity, latencyBudget, stuckAfter, giveUpAfter);
    }

    int backgroundThreadCount() {
        return backgroundThreads == 0 ? Math.max(2, CORES) : backgroundThreads;
    }
}
