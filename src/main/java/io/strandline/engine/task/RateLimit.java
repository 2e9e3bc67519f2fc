package io.strandline.engine.task;

/**
 * Spreads rows evenly over time, a few at once: as many as fall due in a quantum, and at least one. After a pause at most a
 * tenth of a second of rows is caught up.
 */
final class RateLimit {

    private static final double CATCH_UP_SECONDS = 0.1;

    private final double rowsPerNano;
    private final double least;
    private final double most;
    private double available;
    private long since;

    /** @param quantumNanos how much time's rows are read at once */
    RateLimit(double rowsPerSecond, long quantumNanos, long nowNanos) {
        this.rowsPerNano = rowsPerSecond / 1e9;
        this.least = Math.max(1, rowsPerNano * quantumNanos);
        this.most = Math.max(least, rowsPerSecond * CATCH_UP_SECONDS);
        this.since = nowNanos;
    }

    /** How many rows may be read now; none until there are enough to be worth it. */
    int permits(long nowNanos) {
        available = Math.min(most, available + (nowNanos - since) * rowsPerNano);
        since = nowNanos;
        return available < least ? 0 : (int) available;
    }

    /** So many were. */
    void used(int rows) {
        available -= rows;
    }

    /** When there are permits again. */
    long dueNanos() {
        return since + (long) Math.ceil(Math.max(0, least - available) / rowsPerNano);
    }
}
