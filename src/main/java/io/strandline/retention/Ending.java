package io.strandline.retention;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a reason to keep a version ends.
 *
 * @param at the time, null when an event ends it
 * @param when the same in words, said only when somebody asks
 */
record Ending(@Nullable Instant at, Supplier<String> when) {}
