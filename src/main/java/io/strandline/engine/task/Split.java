package io.strandline.engine.task;

import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.SplitReader.Availability;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.SourcePosition;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One split that a source's subtask reads, and how far its event time has come. */
final class Split {

    private final String name;
    private final SplitReader reader;
    private final @Nullable EventTime eventTime;
    private long maxTimestamp;
    private long lastRowNanos;
    private boolean ended;

    Split(String name, SplitReader reader, @Nullable EventTime eventTime, long maxTimestamp, long nowNanos) {
        this.name = name;
        this.reader = reader;
        this.eventTime = eventTime;
        this.maxTimestamp = maxTimestamp;
        this.lastRowNanos = nowNanos;
    }

    /** Appends up to {@code max} rows; whether there were any. */
    boolean read(Batch batch, int max, long nowNanos) throws IOException {
        int from = batch.size();
        ended = reader.read(batch, max) == Availability.END;
        if (batch.size() == from) {
            return false;
        }
        lastRowNanos = nowNanos;
        stamp(batch, from);
        return true;
    }

    boolean ended() {
        return ended;
    }

    /** Whether it no longer holds the source's watermark back. */
    boolean idle(long nowNanos) {
        return eventTime != null
                && eventTime.idleTimeout() != null
                && nowNanos - lastRowNanos >= eventTime.idleTimeout().toNanos();
    }

    long watermark() {
        return eventTime == null || maxTimestamp == Watermark.NONE
                ? Watermark.NONE
                : maxTimestamp - eventTime.maxOutOfOrderness().toMillis() - 1;
    }

    SourcePosition position(String source) {
        return new SourcePosition(source, name, reader.offset(), maxTimestamp);
    }

    void close() throws IOException {
        reader.close();
    }

    private void stamp(Batch batch, int from) {
        if (eventTime == null) {
            Arrays.fill(batch.timestamps(), from, batch.size(), Watermark.NONE);
            return;
        }
        long[] times = batch.longs(eventTime.column());
        System.arraycopy(times, from, batch.timestamps(), from, batch.size() - from);
        for (int row = from; row < batch.size(); row++) {
            maxTimestamp = Math.max(maxTimestamp, times[row]);
        }
    }
}
