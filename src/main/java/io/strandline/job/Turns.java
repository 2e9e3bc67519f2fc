package io.strandline.job;

import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets one verb at a time work on a branch. A brief one is waited for; any other is named as what stands in the way. */
final class Turns {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BranchSupervisor supervisor;
    private final LongSupplier nanoTime;
    private @Nullable Claim holder;
    private boolean holderIsBrief;
    private boolean closed;

    Turns(BranchSupervisor supervisor, LongSupplier nanoTime) {
        this.supervisor = supervisor;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes the branch.
     *
     * @param brief whether others may wait for it rather than be refused
     * @throws StrandlineException {@code operation-in-progress} with what stands in the way; {@code unavailable} when the
     *     server stops
     */
    synchronized Claim take(String verb, boolean brief) {
        long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
        while (holder != null && !holder.abandoned() && !closed) {
            if (!holderIsBrief || !waitUntil(deadline)) {
                throw busy(holder);
            }
        }
        refuseWhenClosed();
        return hold(verb, brief);
    }

    /** Takes the branch if nobody has it. */
    synchronized @Nullable Claim tryTake(String verb) {
        return closed || holder != null && !holder.abandoned() ? null : hold(verb, true);
    }

    synchronized boolean heldBy(Claim claim) {
        return holder == claim;
    }

    synchronized void giveBack(Claim claim) {
        if (holder == claim) {
            holder = null;
            notifyAll();
        }
    }

    /** Lets nobody in any more; true when the one inside has left within {@code patience}. */
    synchronized boolean closeForGood(Duration patience) {
        closed = true;
        notifyAll();
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        while (holder != null && !holder.abandoned()) {
            if (!waitUntil(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nobody is let in any more. */
    synchronized boolean closed() {
        return closed;
    }

    /** Refuses with {@code unavailable} once the server stops. */
    synchronized void refuseWhenClosed() {
        if (closed) {
            throw new StrandlineException(ErrorCode.UNAVAILABLE, "The server is stopping.");
        }
    }

    private Claim hold(String verb, boolean brief) {
        Claim claim = new Claim(supervisor, verb);
        holder = claim;
        holderIsBrief = brief;
        return claim;
    }

    private boolean waitUntil(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
        if (left <= 0) {
            return false;
        }
        try {
            wait(left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private StrandlineException busy(Claim other) {
        String verb = other.verb();
        Blocker blocker = other.operationId()
                .map(id -> new Blocker(
                        "operation", id, verb + " is under way", null, "/api/v1/operations/" + id + "/cancel"))
                .orElse(new Blocker("instance", supervisor.on().branch(), verb + " is under way", null, null));
        return Problem.of(
                        ErrorCode.OPERATION_IN_PROGRESS,
                        "A " + verb + " is under way on branch "
                                + supervisor.on().branch() + "; wait for it.")
                .withBlockers(List.of(blocker))
                .withRetryAfter(Duration.ofSeconds(1))
                .asException();
    }
}
