package io.strandline.bench.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/** What has reached one sink: written by its thread, read by any. */
public final class Lane {

    /** The figures lie in the middle of an array of their own, so that no two lanes share a cache line. */
    private static final int COUNT = 16;

    private static final int FIRST = 17;
    private static final int NEWEST = 18;
    private static final int LENGTH = 40;

    private final AtomicLongArray figures = new AtomicLongArray(LENGTH);
    private final Latencies latencies = new Latencies();
    private final boolean timed;
    private long count;

    Lane(boolean timed) {
        this.timed = timed;
    }

    /** One record has arrived. */
    public void one(long created) {
        if (count == 0) {
            figures.lazySet(FIRST, System.nanoTime());
        }
        if (timed) {
            latencies.record(System.nanoTime() - created);
            figures.lazySet(NEWEST, created);
        }
        figures.lazySet(COUNT, ++count);
    }

    /** Records have arrived together. */
    public void many(long[] created, int size) {
        if (size == 0) {
            return;
        }
        if (count == 0) {
            figures.lazySet(FIRST, System.nanoTime());
        }
        if (timed) {
            long now = System.nanoTime();
            for (int row = 0; row < size; row++) {
                latencies.record(now - created[row]);
            }
            figures.lazySet(NEWEST, created[size - 1]);
        }
        count += size;
        figures.lazySet(COUNT, count);
    }

    /** How many. */
    public long count() {
        return figures.get(COUNT);
    }

    /** When the first came, {@link System#nanoTime}; meaningless before. */
    public long firstNanos() {
        return figures.get(FIRST);
    }

    /** When the last record was created, if the lane is timed. */
    public long newestCreated() {
        return figures.get(NEWEST);
    }

    Latencies latencies() {
        return latencies;
    }
}
