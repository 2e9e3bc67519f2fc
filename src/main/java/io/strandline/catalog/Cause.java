package io.strandline.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a change and why, as the audit will tell it.
 *
 * @param actor a person's name, or {@code system}
 * @param requestId the HTTP request's id, null for the server's own doing
 * @param operationId the operation it belongs to, if one
 * @param reason what the actor gave as reason, if anything
 */
public record Cause(
        String actor,
        @Nullable String requestId,
        @Nullable String operationId,
        @Nullable String reason) {

    /** The server itself, of its own accord. */
    public static Cause system(String reason) {
        return new Cause("system", null, null, reason);
    }

    /** The same cause within an operation. */
    public Cause within(String operation) {
        return new Cause(actor, requestId, operation, reason);
    }
}
