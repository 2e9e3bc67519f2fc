package io.strandline.engine.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where rows have their event time and how watermarks follow from it: a split's watermark is its highest event time, less
 * {@code maxOutOfOrderness}, less one millisecond; a source's is the least of its splits that are not idle.
 *
 * @param column index of a TIMESTAMP column, or a LONG one of epoch milliseconds
 * @param maxOutOfOrderness how much later than a row with a higher event time a row may come
 * @param idleTimeout after which a split without rows no longer holds the watermark back; null for never
 */
public record EventTime(
        int column, Duration maxOutOfOrderness, @Nullable Duration idleTimeout) {}
