package io.strandline.problem;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands in the way of a request, and how to get it out of the way.
 *
 * @param kind what it is, lower case: {@code hold}, {@code tag}, {@code branch}, {@code instance}, {@code operation}
 * @param id its id or name
 * @param reason why it is there
 * @param placedBy who put it there; null when the server cannot say
 * @param releaseHref path of the call that releases it; null when only time or the server itself does
 */
public record Blocker(
        String kind,
        String id,
        String reason,
        @Nullable String placedBy,
        @Nullable String releaseHref) {

    public Blocker {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
    }
}
