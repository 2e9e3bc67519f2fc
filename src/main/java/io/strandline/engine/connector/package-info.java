/**
 * The {@link io.strandline.engine.connector.Source} and {@link io.strandline.engine.connector.Sink} SPI; connectors live in the
 * rooms below.
 *
 * <p>May use {@code element} and {@code snapshot}. Must never know threads, channels, state or checkpoints.
 */
@NullMarked
package io.strandline.engine.connector;

import org.jspecify.annotations.NullMarked;
