package io.strandline.web.idempotency;

/**
 * Remembers which keys were used for which request and what was answered. Claims are atomic: of any number of requests
 * with one key, one gets {@link Claim.Granted}.
 */
public interface IdempotencyStore {

    /**
     * Takes the key for a request, or says why it cannot be taken.
     *
     * @throws io.strandline.problem.StrandlineException when that cannot be told now, or the first request's effect is
     *     known and no answer can be made of it
     */
    Claim claim(KeyedRequest request);

    /** Keeps the answer of a granted claim. */
    void complete(String key, StoredResponse response);

    /** Gives a granted claim back: no answer is kept, and the request may be repeated. */
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
