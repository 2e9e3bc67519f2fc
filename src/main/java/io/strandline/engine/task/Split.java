package io.strandline.engine.task;

import io.strandline.engine.chain.Rejects;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.PoisonRecordException;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.SplitReader.Availability;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Watermark;
import io.strandline.snapshot.SourcePosition;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One split that a source's subtask reads, and how far its event time has come. */
final class Split {

    private static final long LEAST_POLL_NANOS = 250_000;
    private static final long MOST_POLL_NANOS = 5_000_000;
    private static final int POLLS = 4;

    /** Beyond it, milliseconds would not add up; that is nearly 300,000 years. */
    private static final long LATEST = 1L << 53;

    private final String name;
    private final SplitReader reader;
    private final @Nullable EventTime eventTime;
    private long maxTimestamp;
    private long lastRowNanos;
    private final boolean rings;
    private Availability availability = Availability.MORE;

    Split(
            String name,
            SplitReader reader,
            @Nullable EventTime eventTime,
            long maxTimestamp,
            Doorbell bell,
            long nowNanos) {
        this.name = name;
        this.reader = reader;
        this.eventTime = eventTime;
        this.maxTimestamp = maxTimestamp;
        this.lastRowNanos = nowNanos;
        this.rings = reader.ringing(bell::ring);
    }

    /** Appends up to {@code max} rows; whether there were any, or records that cannot be read. */
    boolean read(Batch batch, int max, long nowNanos, Rejects rejects) throws IOException {
        int from = batch.size();
        boolean again;
        do {
            again = false;
            try {
                availability = reader.read(batch, max - (batch.size() - from));
            } catch (PoisonRecordException poison) {
                rejects.take(poison);
                availability = Availability.MORE;
                again = batch.size() - from < max && !rejects.full();
            }
        } while (again);
        if (batch.size() == from && rejects.isEmpty()) {
            return false;
        }
        lastRowNanos = nowNanos;
        stamp(batch, from, rejects);
        return true;
    }

    boolean ended() {
        return availability == Availability.END;
    }

    /** When it is to be asked again although nothing rings. */
    long dueNanos(long nowNanos) {
        if (availability == Availability.MORE) {
            return nowNanos;
        }
        long due = rings ? Long.MAX_VALUE : nowNanos + pollNanos(nowNanos);
        return eventTime == null || eventTime.idleTimeout() == null || idle(nowNanos)
                ? due
                : Math.min(due, lastRowNanos + eventTime.idleTimeout().toNanos());
    }

    /** The longer there has been nothing, the more rarely it is asked. */
    private long pollNanos(long nowNanos) {
        return Math.max(LEAST_POLL_NANOS, Math.min(MOST_POLL_NANOS, (nowNanos - lastRowNanos) / POLLS));
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

    private void stamp(Batch batch, int from, Rejects rejects) throws PoisonRecordException {
        if (eventTime == null) {
            Arrays.fill(batch.timestamps(), from, batch.size(), Watermark.NONE);
            return;
        }
        long[] times = batch.longs(eventTime.column());
        for (int row = from; row < batch.size(); row++) {
            if (!isTime(times[row])) {
                rejectTimeless(batch, from, times, rejects);
            }
        }
        System.arraycopy(times, from, batch.timestamps(), from, batch.size() - from);
        for (int row = from; row < batch.size(); row++) {
            maxTimestamp = Math.max(maxTimestamp, times[row]);
        }
    }

    /** Takes rows whose event time cannot be one out of the batch. */
    private void rejectTimeless(Batch batch, int from, long[] times, Rejects rejects) throws PoisonRecordException {
        int[] kept = new int[batch.size() - from];
        int count = 0;
        for (int row = from; row < batch.size(); row++) {
            if (isTime(times[row])) {
                kept[count++] = row;
            } else {
                rejects.take(timeless(batch, row, times[row]));
            }
        }
        Batch rest = new Batch(batch.type(), count);
        rest.append(batch, kept, 0, count);
        batch.size(from);
        batch.append(rest, 0, count);
    }

    private static boolean isTime(long millis) {
        return millis <= LATEST && millis >= -LATEST;
    }

    private PoisonRecordException timeless(Batch batch, int row, long time) {
        StringBuilder record = new StringBuilder();
        RecordFormat.JSON.formatter(batch.type()).append(batch, row, record);
        return new PoisonRecordException(
                name,
                reader.offset(),
                "an event time of " + time + " ms since 1970 is out of bounds; the record ends at or before the offset",
                record.toString().stripTrailing());
    }
}
