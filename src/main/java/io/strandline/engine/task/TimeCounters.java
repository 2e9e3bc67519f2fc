package io.strandline.engine.task;

import java.util.concurrent.atomic.AtomicLong;

/** How a subtask spends its time, in nanoseconds: written by its worker, read by anyone. */
public final class TimeCounters {

    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong idle = new AtomicLong();
    private final AtomicLong backpressured = new AtomicLong();
    private Progress before = Progress.IDLE;
    private long since;
    private long windowBegan;
    private Spent windowBegin = Spent.NOTHING;
    private volatile Spent recentBegin = Spent.NOTHING;

    TimeCounters(long nowNanos) {
        since = nowNanos;
        windowBegan = nowNanos;
    }

    /** A step from {@code start} to {@code end}; the time before it belongs to what the step before it came to. */
    void step(Progress progress, long start, long end) {
        add(before, before == Progress.WORKED ? 0 : start - since);
        add(progress, end - start);
        before = progress;
        since = end;
        if (end - windowBegan >= WINDOW_NANOS) {
            windowBegan = end;
            recentBegin = windowBegin;
            windowBegin = spent();
        }
    }

    private void add(Progress progress, long nanos) {
        AtomicLong counter = switch (progress) {
            case WORKED -> busy;
            case BLOCKED -> backpressured;
            case IDLE, ENDED -> idle;
        };
        counter.lazySet(counter.getPlain() + nanos);
    }

    /** Since the start. */
    public Spent spent() {
        return new Spent(busy.get(), idle.get(), backpressured.get());
    }

    /** In the last ten to twenty seconds, or since the start. */
    public Spent recent() {
        Spent begin = recentBegin;
        Spent now = spent();
        return new Spent(now.busy - begin.busy, now.idle - begin.idle, now.backpressured - begin.backpressured);
    }

    /**
     * Time spent.
     *
     * @param busy in steps that got on
     * @param idle without input
     * @param backpressured waiting for room downstream
     */
    public record Spent(long busy, long idle, long backpressured) {

        static final Spent NOTHING = new Spent(0, 0, 0);
    }
}
