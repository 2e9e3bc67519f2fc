package io.strandline.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a version that is kept will go.
 *
 * @param at the earliest time, when only time keeps it; null when something has to happen first
 * @param when what has to come to pass, a sentence for each reason
 */
public record Departure(@Nullable Instant at, List<String> when) {

    public Departure {
        when = List.copyOf(when);
    }
}
