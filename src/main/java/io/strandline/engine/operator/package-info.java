/**
 * The {@link io.strandline.engine.operator.Operator} SPI and the built-in operators.
 *
 * <p>May use {@code element}, {@code state} and {@code snapshot}. Must never know threads, channels or checkpoints.
 */
@NullMarked
package io.strandline.engine.operator;

import org.jspecify.annotations.NullMarked;
