package io.strandline.problem;

import java.util.Objects;

/**
 * One mistake in what the client sent.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, such as {@code /sources/0/path}; {@code ?limit} for a query
 *     parameter
 * @param detail what was found and what would be right
 */
public record FieldError(String pointer, String detail) {

    public FieldError {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(detail, "detail");
    }
}
