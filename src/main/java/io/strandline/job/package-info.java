/**
 * Jobs and what runs on their branches: submitting, changing, starting, stopping, restarting after failures, trash, and
 * the topology of what runs.
 *
 * <p>{@link io.strandline.job.Jobs} keeps jobs and their pipelines, {@link io.strandline.job.Lifecycle} starts and stops
 * them; one supervisor a branch holds what should run against what does. May use {@code runner}, {@code pipeline},
 * {@code operation}, {@code catalog}, {@code snapshot}, {@code problem} and {@code web}. Must never know how an engine
 * works inside, nor tags, holds or restores.
 */
@NullMarked
package io.strandline.job;

import org.jspecify.annotations.NullMarked;
