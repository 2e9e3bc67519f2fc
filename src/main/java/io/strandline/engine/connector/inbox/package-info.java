/**
 * Records that were pushed: a durable log of them, in partitions and segments, and the source that reads it.
 *
 * <p>A push becomes one frame with a checksum, so after a crash all of its records are there or none. It is acknowledged when
 * it has been fsynced, together with those that came at the same time, and no reader sees it earlier.
 *
 * <p>May use {@code connector}, {@code record}, {@code element} and {@code snapshot}. Must never know who pushes, or which
 * versions there are.
 */
@NullMarked
package io.strandline.engine.connector.inbox;

import org.jspecify.annotations.NullMarked;
