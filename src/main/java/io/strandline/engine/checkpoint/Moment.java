package io.strandline.engine.checkpoint;

import java.time.Instant;

/**
 * A point in time on both clocks.
 *
 * @param nanos monotonic; all intervals are measured on it
 * @param instant of the wall clock; only ever shown
 */
record Moment(long nanos, Instant instant) {}
