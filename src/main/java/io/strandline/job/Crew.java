package io.strandline.job;

import io.strandline.runner.Instances;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Those whom every supervisor works with.
 *
 * @param checks refuse what could not start
 * @param book keeps what began and ended
 * @param launcher starts instances
 * @param fallbacks know from where else a branch may go on
 * @param instances knows what runs
 * @param threads where it thinks and what it measures time by
 */
record Crew(
        StartChecks checks,
        RunBook book,
        Launcher launcher,
        Fallbacks fallbacks,
        Instances instances,
        Threads threads) {

    /**
     * Threads, monotonic time in nanoseconds and chance.
     *
     * @param workers for work that may take long
     * @param timer for short calls after a pause
     */
    record Threads(Executor workers, ScheduledExecutorService timer, LongSupplier nanoTime, DoubleSupplier jitter) {}
}
