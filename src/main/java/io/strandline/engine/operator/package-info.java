/**
 * The {@link io.strandline.engine.operator.Operator} SPI; the built-in operators are in its sub-rooms.
 *
 * <p>May use {@code element}, {@code state} and {@code snapshot}. Must never know threads, channels or checkpoints.
 */
@NullMarked
package io.strandline.engine.operator;

import org.jspecify.annotations.NullMarked;
