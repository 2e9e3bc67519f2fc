/**
 * Operators that hold a row against rows before it: {@code deduplicate}, and the interval join of two streams.
 *
 * <p>May use {@code operator}, {@code element}, {@code state} and {@code snapshot}. Must never know threads, channels or
 * checkpoints.
 */
@NullMarked
package io.strandline.engine.operator.match;

import org.jspecify.annotations.NullMarked;
