package io.strandline.engine.task;

/** Spreads rows evenly over time; after a pause at most a tenth of a second of rows is caught up. */
final class RateLimit {

    private static final double CATCH_UP_SECONDS = 0.1;

    private final double rowsPerNano;
    private final double most;
    private double available;
    private long since;

    RateLimit(double rowsPerSecond, long nowNanos) {
        this.rowsPerNano = rowsPerSecond / 1e9;
        this.most = Math.max(1, rowsPerSecond * CATCH_UP_SECONDS);
        this.since = nowNanos;
    }

    /** How many rows may be read now. */
    int permits(long nowNanos) {
        available = Math.min(most, available + (nowNanos - since) * rowsPerNano);
        since = nowNanos;
        return (int) available;
    }

    /** So many were. */
    void used(int rows) {
        available -= rows;
    }
}
