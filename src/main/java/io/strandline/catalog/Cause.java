package io.strandline.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change and why, as the audit will tell it.
 *
 * @param actor a person's name, or {@code system}
 * @param requestId the HTTP request's id, null for the server's own doing
 * @param operationId the operation it belongs to, if one
 * @param reason what the actor gave as reason, if anything
 * @param request the key of the request that this is the effect of, null when it came without one or for what follows
 */
public record Cause(
        String actor,
        @Nullable String requestId,
        @Nullable String operationId,
        @Nullable String reason,
        @Nullable RequestKey request) {

    /** A cause without an idempotency key. */
    public Cause(String actor, @Nullable String requestId, @Nullable String operationId, @Nullable String reason) {
        this(actor, requestId, operationId, reason, null);
    }

    /** The server itself, of its own accord. */
    public static Cause system(String reason) {
        return new Cause("system", null, null, reason);
    }

    /** The same cause within an operation: the request had its effect when the operation was accepted. */
    public Cause within(String operation) {
        return new Cause(actor, requestId, operation, reason, null);
    }

    /** The cause of accepting an operation, which is what the request is answered with. */
    public Cause accepting(String operation) {
        return new Cause(actor, requestId, operation, reason, request);
    }

    /**
     * The idempotency key that a request came with, kept with what it changed: whoever repeats the request is answered from
     * that, even when the server died before it had answered the first.
     *
     * @param key what the client chose, made the caller's own where callers are known
     * @param fingerprint SHA-256 in hex of method, path, query and body
     * @param expiresAt when the key may be forgotten
     */
    public record RequestKey(String key, String fingerprint, Instant expiresAt) {}
}
