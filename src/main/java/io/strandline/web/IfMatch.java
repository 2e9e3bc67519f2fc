package io.strandline.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The {@code If-Match} header of a request; a controller takes it as an argument.
 *
 * @param header as sent; null if absent
 */
public record IfMatch(@Nullable String header) {

    /** Refuses with 412 if the header is there and does not name the resource's present tag. */
    public void check(ETag current) {
        if (header != null && !matches(header, current)) {
            throw new StrandlineException(
                    ErrorCode.PRECONDITION_FAILED,
                    "If-Match is " + header + ", the resource's ETag is " + current.value()
                            + ". Read it again and repeat the change.");
        }
    }

    /** As {@link #check}, and refuses with 428 if the header is absent. */
    public void require(ETag current) {
        if (header == null) {
            throw new StrandlineException(
                    ErrorCode.PRECONDITION_REQUIRED,
                    "This change needs an If-Match header; the resource's ETag is " + current.value() + ".");
        }
        check(current);
    }

    private static boolean matches(String header, ETag current) {
        return Arrays.stream(header.split(","))
                .map(String::trim)
                .anyMatch(tag -> tag.equals("*") || tag.equals(current.value()));
    }
}
