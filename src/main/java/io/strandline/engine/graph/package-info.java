/**
 * What runs: vertices with their operators and the edges between them, and which of them are chained into one subtask.
 *
 * <p>May use {@code operator}, {@code connector} and {@code element}. Must never know threads, channels or checkpoints.
 */
@NullMarked
package io.strandline.engine.graph;

import org.jspecify.annotations.NullMarked;
