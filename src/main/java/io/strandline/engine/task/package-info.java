/**
 * Subtasks: chains stepped cooperatively by a fixed pool of workers.
 *
 * <p>May use {@code graph}, {@code chain}, {@code operator}, {@code connector}, {@code channel}, {@code element} and {@code state}. Must never
 * know the coordinator, ledgers or jobs.
 */
@NullMarked
package io.strandline.engine.task;

import org.jspecify.annotations.NullMarked;
