package io.strandline.bench.measure;

/**
 * One completed checkpoint.
 *
 * @param endNanos when it was complete, {@link System#nanoTime}
 * @param millis from its trigger to its completion
 * @param freezeMicros the longest time that a step stood still for it; NaN where the engine does not say
 * @param newBytes bytes written for it
 * @param totalBytes bytes of all it consists of
 */
public record Checkpoint(long endNanos, double millis, double freezeMicros, long newBytes, long totalBytes) {}
