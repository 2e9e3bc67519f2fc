package io.strandline.engine;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The engine's clocks.
 *
 * @param nanos monotonic, for all intervals
 * @param wall for what people see
 */
record EngineClocks(LongSupplier nanos, InstantSource wall) {}
