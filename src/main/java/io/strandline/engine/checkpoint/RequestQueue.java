package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides which request is next: one that somebody made, in order; else the FINAL one when input has ended; else a periodic
 * one, tried again or due.
 */
final class RequestQueue {

    private static final int MOST_WAITING = 2;
    private static final long LEAST_FINAL_PAUSE_NANOS = 100_000_000L;

    private final CheckpointSettings settings;
    private final Deque<Request> asked = new ArrayDeque<>();
    private @Nullable Request own;
    private boolean inputEnded;
    private long periodicDue = Long.MAX_VALUE;
    private boolean periodic;

    RequestQueue(CheckpointSettings settings) {
        this.settings = settings;
    }

    void started(Moment now) {
        periodic = settings.interval() != null && !inputEnded;
        schedule(now.nanos());
    }

    /** Whether there was room. */
    boolean ask(CheckpointRequest request, Moment now) {
        if (asked.size() >= MOST_WAITING) {
            return false;
        }
        asked.add(Request.of(request, now));
        return true;
    }

    void inputEnded(Moment now) {
        inputEnded = true;
        periodic = false;
        own = Request.of(CheckpointRequest.own(SnapshotKind.FINAL), now);
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    /** Takes the next request that may begin now. */
    @Nullable
    Request take(Moment now) {
        Request first = asked.peek();
        if (first != null) {
            return first.ready(now) ? asked.poll() : null;
        }
        Request next = own;
        if (next != null) {
            own = next.ready(now) ? null : next;
            return own == null ? next : null;
        }
        if (periodic && now.nanos() - periodicDue >= 0) {
            schedule(now.nanos());
            return Request.of(CheckpointRequest.own(SnapshotKind.PERIODIC), now);
        }
        return null;
    }

    /** Puts a request whose attempt failed back if it is to be tried again; whether it is. */
    boolean again(Request request, FailureCause cause, Moment now) {
        if (cause.harmless() || request.failures() + 1 >= settings.retry().attempts()) {
            return false;
        }
        Request next = request.again(now, settings.retry().pauseNanos(request.failures() + 1));
        if (!isOwn(request)) {
            asked.addFirst(next);
            return true;
        }
        if (request.asked().kind() == SnapshotKind.PERIODIC && (!asked.isEmpty() || inputEnded)) {
            return false;
        }
        own = next;
        return true;
    }

    /** A request has failed for good; the FINAL one at the end of input is made anew. */
    void failed(Request request, Moment now) {
        if (isOwn(request) && request.asked().kind() == SnapshotKind.FINAL) {
            long pause =
                    Math.max(LEAST_FINAL_PAUSE_NANOS, settings.retry().max().toNanos());
            own = new Request(request.asked(), 0, now.nanos() + pause);
        }
    }

    /** An attempt has ended: the next periodic one leaves the minimum pause. */
    void attemptEnded(Moment now) {
        periodicDue = Math.max(periodicDue, now.nanos() + settings.minPause().toNanos());
    }

    /** Empties the queue; those who asked are to be told. */
    List<Request> close() {
        List<Request> waiting = List.copyOf(asked);
        asked.clear();
        own = null;
        periodic = false;
        return waiting;
    }

    OptionalLong deadline() {
        Request first = asked.peek();
        if (first != null) {
            return OptionalLong.of(first.notBefore());
        }
        if (own != null) {
            return OptionalLong.of(own.notBefore());
        }
        return periodic ? OptionalLong.of(periodicDue) : OptionalLong.empty();
    }

    private static boolean isOwn(Request request) {
        return request.asked().requestId().isEmpty();
    }

    private void schedule(long from) {
        periodicDue = settings.interval() == null
                ? Long.MAX_VALUE
                : from + settings.interval().toNanos();
    }
}
