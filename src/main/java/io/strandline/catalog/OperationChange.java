package io.strandline.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of long-running operations, and the effects of idempotency keys. */
public sealed interface OperationChange extends Change {

    /** An operation was accepted; it will not vanish. */
    record OperationAccepted(
            String id, String type, @Nullable String jobId, String request, String actor, Instant at)
            implements OperationChange {}

    /** An operation ended. {@code state}: SUCCEEDED, FAILED, CANCELLED; result and problem are JSON. */
    record OperationEnded(
            String id,
            String state,
            @Nullable String result,
            @Nullable String problem,
            Instant at) implements OperationChange {}

    /** A request with an idempotency key was answered. */
    record RequestAnswered(String key, String fingerprint, int status, String headers, String body, Instant expiresAt)
            implements OperationChange {}
}
