package io.strandline.engine.chain;

import io.strandline.engine.element.Watermark;
import java.util.concurrent.atomic.AtomicLong;

/** One vertex's figures in one subtask: written by its worker, read by anyone. */
public final class VertexCounters {

    private final AtomicLong recordsIn = new AtomicLong();
    private final AtomicLong recordsOut = new AtomicLong();
    private final AtomicLong lateRecords = new AtomicLong();
    private final AtomicLong watermark = new AtomicLong(Watermark.NONE);

    void in(long rows) {
        recordsIn.lazySet(recordsIn.getPlain() + rows);
    }

    void out(long rows) {
        recordsOut.lazySet(recordsOut.getPlain() + rows);
    }

    /** Counts rows that came too late. */
    public void late(long rows) {
        lateRecords.lazySet(lateRecords.getPlain() + rows);
    }

    void watermark(long time) {
        watermark.lazySet(time);
    }

    /** Rows taken. */
    public long recordsIn() {
        return recordsIn.get();
    }

    /** Rows passed on. */
    public long recordsOut() {
        return recordsOut.get();
    }

    /** Rows that came too late and were dropped. */
    public long lateRecords() {
        return lateRecords.get();
    }

    /** The watermark it has reached. */
    public long watermark() {
        return watermark.get();
    }
}
