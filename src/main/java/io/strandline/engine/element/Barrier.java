package io.strandline.engine.element;

/**
 * Divides what attempt {@code number} holds from what comes after it.
 *
 * @param number the attempt's number
 * @param triggeredNanos when the coordinator sent it, on the engine's monotonic clock
 */
public record Barrier(long number, long triggeredNanos) implements Element {}
