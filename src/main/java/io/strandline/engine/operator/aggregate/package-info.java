/**
 * What many rows come to: the aggregates, how they lie in a value, and the operator that keeps them per key.
 *
 * <p>May use {@code operator}, {@code element}, {@code state} and {@code snapshot}. Must never know windows, threads, channels or checkpoints.
 */
@NullMarked
package io.strandline.engine.operator.aggregate;

import org.jspecify.annotations.NullMarked;
