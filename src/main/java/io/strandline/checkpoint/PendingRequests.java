package io.strandline.checkpoint;

import io.strandline.catalog.Cause;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Snapshots that were asked for and are not there yet, by the id of who asked. */
@Component
final class PendingRequests {

    private static final int MOST_WAITING = 2;

    private final Map<String, Pending> byId = new HashMap<>();

    /** One of them. */
    static final class Pending {

        private final BranchRef on;
        private final SnapshotRequest request;
        private final Cause cause;
        private boolean begun;
        private @Nullable StrandlineException refused;

        private Pending(BranchRef on, SnapshotRequest request, Cause cause) {
            this.on = on;
            this.request = request;
            this.cause = cause;
        }

        SnapshotRequest request() {
            return request;
        }

        Cause cause() {
            return cause;
        }

        /** Keeps why its tag or hold could not be placed. */
        synchronized void refuse(StrandlineException why) {
            refused = why;
        }

        synchronized Optional<StrandlineException> refused() {
            return Optional.ofNullable(refused);
        }
    }

    /** Refuses another request while two wait on the branch already. */
    synchronized void refuseWhenFull(BranchRef on) {
        long waiting = byId.values().stream()
                .filter(pending -> pending.on.equals(on) && !pending.begun)
                .count();
        if (waiting >= MOST_WAITING) {
            throw Problem.of(
                            ErrorCode.SNAPSHOT_QUEUE_FULL,
                            MOST_WAITING + " triggers wait on branch " + on.branch()
                                    + " already; let one finish first.")
                    .withRetryAfter(Duration.ofSeconds(2))
                    .asException();
        }
    }

    /** Takes a request in. */
    synchronized Pending add(String id, BranchRef on, SnapshotRequest request, Cause cause) {
        Pending pending = new Pending(on, request, cause);
        byId.put(id, pending);
        return pending;
    }

    /** Says that the runner works on it. */
    synchronized void begun(String id) {
        Pending pending = byId.get(id);
        if (pending != null) {
            pending.begun = true;
        }
    }

    /** The request of this id. */
    synchronized Optional<Pending> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Forgets it. */
    synchronized void remove(String id) {
        byId.remove(id);
    }
}
