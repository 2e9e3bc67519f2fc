package io.strandline.state.instance;

import io.strandline.state.FlushStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes what one subtask froze for an attempt: every table's share even if one fails; what is not written waits in its own
 * table's queue.
 *
 * @param frozenNanos when it was frozen, by {@link System#nanoTime}
 */
record AttemptFlush(List<TableFlush.Part> parts, long number, Attempt attempt, long frozenNanos)
        implements FlushQueue.Flush {

    @Override
    public FlushStatistics write() {
        if (!attempt.full()) {
            Pacer.rest(frozenNanos, attempt.interval());
        }
        long began = System.nanoTime();
        long newBytes = 0;
        long dirty = 0;
        RuntimeException failure = null;
        parts.forEach(part -> part.flush().enqueue(part.freeze()));
        for (TableFlush.Part part : parts) {
            try {
                newBytes += part.flush().write(attempt.area(), number, attempt.full());
                dirty += part.freeze().changed();
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        long stored =
                parts.stream().mapToLong(part -> part.flush().storedBytes()).sum();
        return new FlushStatistics(dirty, newBytes, stored, System.nanoTime() - began);
    }
}
