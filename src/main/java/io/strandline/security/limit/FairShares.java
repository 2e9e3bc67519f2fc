package io.strandline.security.limit;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.security.SecuritySettings.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What each caller asked for lately. Whoever has been quiet long enough to have the full share again is forgotten. */
final class FairShares {

    private static final int TIDIED_ABOVE = 1_000;

    private final Limits limits;
    private final LongSupplier nanos;
    private final Map<String, Share> shares = new HashMap<>();

    FairShares(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /**
     * Counts a request in; whoever was let in has to {@link #leave}.
     *
     * @throws io.strandline.problem.StrandlineException {@code too-many-requests} with the time to wait
     */
    synchronized void enter(String caller) {
        tidy();
        Share share = shares.computeIfAbsent(
                caller, added -> new Share(new TokenBucket(limits.requestsPerSecond(), limits.burst(), nanos)));
        if (share.running >= limits.concurrent()) {
            throw refusal(share.running + " requests of yours are being worked on; " + limits.concurrent()
                            + " may be at a time (strandline.security.limits.concurrent).")
                    .withRetryAfter(Duration.ofSeconds(1))
                    .asException();
        }
        Duration wait = share.bucket.take();
        if (!wait.isZero()) {
            throw refusal("You may ask " + limits.requestsPerSecond()
                            + " times a second on average (strandline.security.limits.requests-per-second).")
                    .withRetryAfter(wait)
                    .asException();
        }
        share.running++;
    }

    /** Counts a request out. */
    synchronized void leave(String caller) {
        Share share = shares.get(caller);
        if (share == null || share.running == 0) {
            throw new IllegalStateException("a request of " + caller + " ended that never began");
        }
        share.running--;
    }

    synchronized int known() {
        return shares.size();
    }

    private void tidy() {
        if (shares.size() > TIDIED_ABOVE) {
            shares.values().removeIf(share -> share.running == 0 && share.bucket.isFull());
        }
    }

    private static Problem refusal(String detail) {
        return Problem.of(ErrorCode.TOO_MANY_REQUESTS, detail);
    }

    /** One caller's. */
    private static final class Share {

        private final TokenBucket bucket;
        private int running;

        private Share(TokenBucket bucket) {
            this.bucket = bucket;
        }
    }
}
