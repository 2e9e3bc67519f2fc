/**
 * Aggregates per key and window of event time: tumbling, sliding, session.
 *
 * <p>May use {@code operator.aggregate}, {@code operator}, {@code element}, {@code state} and {@code snapshot}. Must never know threads, channels or checkpoints.
 */
@NullMarked
package io.strandline.engine.operator.window;

import org.jspecify.annotations.NullMarked;
