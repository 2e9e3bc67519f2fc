package io.strandline.bench.measure;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Every key once, then rounds, each of which changes a share of the keys: distinct ones, scattered, other ones each round. The
 * next round begins when it is asked for, but not before a pause since the last is over.
 */
public final class RoundsScript implements Script {

    /** Prime, and no divisor of any number of keys in use: multiplying by it modulo that number meets each key once. */
    private static final long STRIDE = 2_654_435_761L;

    private final long keys;
    private final int splits;
    private final long changes;
    private final Randoms values;
    private final long pauseNanos;
    private long mayBegin = System.nanoTime();
    private volatile long limit;

    /**
     * @param keys a multiple of the number of splits
     * @param changes how many a round changes; a multiple of the number of splits
     * @param pauseMillis from the beginning of a round to that of the next, at the least
     */
    public RoundsScript(long keys, int splits, long changes, long seed, long pauseMillis) {
        if (keys % splits != 0 || changes % splits != 0 || keys % STRIDE == 0) {
            throw new IllegalArgumentException("%d keys, %d changes, %d splits".formatted(keys, changes, splits));
        }
        this.keys = keys;
        this.splits = splits;
        this.changes = changes;
        this.values = Randoms.stream(seed, splits);
        this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        this.limit = keys / splits;
    }

    /**
     * Begins the next round.
     *
     * @return the number of records that all splits together will have emitted at its end
     */
    public long nextRound() {
        while (System.nanoTime() - mayBegin < 0) {
            LockSupport.parkNanos(mayBegin - System.nanoTime());
        }
        mayBegin = System.nanoTime() + pauseNanos;
        limit += changes / splits;
        return limit * splits;
    }

    @Override
    public int fill(int split, long offset, Rows rows) {
        int count = (int) Math.max(0, Math.min(rows.most(), limit - offset));
        Arrays.fill(rows.created(), rows.from(), rows.from() + count, System.nanoTime());
        for (int row = 0; row < count; row++) {
            long position = (offset + row) * splits + split;
            rows.keys()[rows.from() + row] = position < keys ? position : scattered(position - keys);
            rows.values()[rows.from() + row] = values.at(position);
        }
        return count;
    }

    private long scattered(long position) {
        return (position % keys) * (STRIDE % keys) % keys;
    }
}
