package io.strandline.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a reason to keep a version ends.
 *
 * @param at the time, null when an event ends it
 * @param when the same in words
 */
record Ending(@Nullable Instant at, String when) {}
