package io.strandline.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which column is a row's event time, and how watermarks follow it.
 *
 * @param field a timestamp column of the source
 * @param maxOutOfOrderness how far behind the newest row a row may come and still be in time
 * @param idleTimeout after which silence a split no longer holds the watermark back; null is never
 */
public record EventTime(
        String field, Duration maxOutOfOrderness, @Nullable Duration idleTimeout) {}
