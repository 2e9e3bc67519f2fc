package io.strandline.retention;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

    /** When both have come to pass; null is nothing to wait for. */
    Departure and(@Nullable Departure other) {
        if (other == null) {
            return this;
        }
        Instant later = at == null || other.at == null || other.at.isBefore(at) ? at : other.at;
        return new Departure(
                other.at == null ? null : later,
                Stream.concat(when.stream(), other.when.stream()).distinct().toList());
    }
}
