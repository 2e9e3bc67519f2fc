package io.strandline.engine.task;

import java.util.concurrent.atomic.AtomicLong;

/** How a subtask spends its time, in nanoseconds: written by its worker, read by anyone. */
public final class TimeCounters {

    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong idle = new AtomicLong();
    private final AtomicLong backpressured = new AtomicLong();
    private Progress before = Progress.IDLE;
    private long since;

    TimeCounters(long nowNanos) {
        since = nowNanos;
    }

    /** A step from {@code start} to {@code end}; the time before it belongs to what the step before it came to. */
    void step(Progress progress, long start, long end) {
        add(before, before == Progress.WORKED ? 0 : start - since);
        add(progress, end - start);
        before = progress;
        since = end;
    }

    private void add(Progress progress, long nanos) {
        AtomicLong counter = switch (progress) {
            case WORKED -> busy;
            case BLOCKED -> backpressured;
            case IDLE, ENDED -> idle;
        };
        counter.lazySet(counter.getPlain() + nanos);
    }

    /** In steps that got on. */
    public long busy() {
        return busy.get();
    }

    /** Without input. */
    public long idle() {
        return idle.get();
    }

    /** Waiting for room downstream. */
    public long backpressured() {
        return backpressured.get();
    }
}
