package io.strandline.web.idempotency;

import java.time.Instant;

/**
 * Remembers which keys were used for which request and what was answered. Claims are atomic: of any number of requests
 * with one key, one gets {@link Claim.Granted}.
 */
public interface IdempotencyStore {

    /**
     * Takes the key for a request, or says why it cannot be taken.
     *
     * @param fingerprint SHA-256 in hex of method, path, query and body
     * @param expiresAt when the key may be forgotten
     */
    Claim claim(String key, String fingerprint, Instant expiresAt);

    /** Keeps the answer of a granted claim. */
    void complete(String key, StoredResponse response);

    /** Gives a granted claim back: the request had no effect and may be repeated. */
    void release(String key);

    /** The answer to a claim. */
    sealed interface Claim {

        /** The key is new: run the request, then complete or release it. */
        record Granted() implements Claim {}

        /** The same request is still running. */
        record Running() implements Claim {}

        /** The same request was answered. */
        record Answered(StoredResponse response) implements Claim {}

        /** The key belongs to another request. */
        record OtherRequest() implements Claim {}
    }
}
