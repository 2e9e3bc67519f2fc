package io.strandline.bench.measure;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys drawn evenly, each record at its time: a fixed rate from the first look on, whatever becomes of the reader. A record's
 * creation is the time it was scheduled for, so a late engine is not excused (no coordinated omission).
 */
final class ScheduledScript implements Script {

    private static final long UNSET = Long.MIN_VALUE;

    private final UniformScript records;
    private final double nanosPerRecord;
    private final AtomicLong start = new AtomicLong(UNSET);

    /**
     * @param rate records a second over all splits
     * @param splits how many share it
     */
    ScheduledScript(UniformScript records, long rate, int splits) {
        this.records = records;
        this.nanosPerRecord = 1e9 * splits / rate;
    }

    @Override
    public int fill(int split, long offset, Rows rows) {
        long now = System.nanoTime();
        start.compareAndSet(UNSET, now);
        long begun = start.get();
        long due = (long) ((now - begun) / nanosPerRecord) + 1 - offset;
        int count = (int) Math.max(0, Math.min(rows.most(), due));
        for (int row = 0; row < count; row++) {
            rows.created()[rows.from() + row] = begun + (long) ((offset + row) * nanosPerRecord);
        }
        records.draw(split, offset, rows, count);
        return count;
    }
}
