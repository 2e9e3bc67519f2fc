package io.strandline.engine.task;

import io.strandline.engine.channel.ExchangeWriter;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One vertex in a subtask's chain: what it does, and where its rows go, to links behind it and to other subtasks. */
final class ChainLink implements Closeable {

    private final String vertex;
    private final LinkWork work;
    private final ChainCursor cursor;
    private final VertexCounters counters;
    private final ChainLink[] next;
    private final ExchangeWriter[] writers;
    private long watermark;
    private long beforeEnd;

    ChainLink(
            String vertex,
            LinkWork work,
            ChainCursor cursor,
            VertexCounters counters,
            List<ChainLink> next,
            List<ExchangeWriter> writers) {
        this.vertex = vertex;
        this.work = work;
        this.cursor = cursor;
        this.counters = counters;
        this.next = next.toArray(ChainLink[]::new);
        this.writers = writers.toArray(ExchangeWriter[]::new);
    }

    String vertex() {
        return vertex;
    }

    VertexCounters counters() {
        return counters;
    }

    long watermark() {
        return watermark;
    }

    /**
     * The watermark to go on from. It is not that of the end of input, or every row of an input that has grown since would be
     * late; only a subtask that never had rows counts as ended.
     */
    long watermarkToKeep() {
        return beforeEnd == Watermark.NONE ? watermark : beforeEnd;
    }

    void open(long restoredWatermark) throws IOException {
        cursor.enter(this);
        watermark = restoredWatermark;
        beforeEnd = restoredWatermark;
        counters.watermark(watermark);
        work.open();
    }

    /** Takes rows. */
    void process(Batch batch) throws IOException {
        ChainLink before = cursor.enter(this);
        counters.in(batch.size());
        work.process(batch, this);
        cursor.back(before);
    }

    /** Passes rows on. */
    void emit(Batch batch) throws IOException {
        counters.out(batch.size());
        for (ChainLink link : next) {
            link.process(batch);
        }
        for (ExchangeWriter writer : writers) {
            writer.write(batch);
        }
    }

    /** Event time has reached {@code time}; whether all is done. */
    boolean advance(long time) throws IOException {
        cursor.enter(this);
        if (!work.advance(time, this)) {
            return false;
        }
        watermark = time;
        beforeEnd = time == Watermark.MAX ? beforeEnd : time;
        counters.watermark(time);
        return true;
    }

    /** Emits what is held back; whether all is done. */
    boolean flush() throws IOException {
        cursor.enter(this);
        return work.flush(this);
    }

    void tick(long nowNanos) throws IOException {
        cursor.enter(this);
        work.tick(nowNanos, this);
    }

    /** Copies a slice of what is frozen; whether there is more to copy. */
    boolean sweep() {
        return work.sweep();
    }

    void freeze(Freeze freeze) throws IOException {
        cursor.enter(this);
        work.freeze(freeze);
    }

    void broadcast(Element element) {
        for (ExchangeWriter writer : writers) {
            writer.broadcast(element);
        }
    }

    void flushRows() {
        for (ExchangeWriter writer : writers) {
            writer.flush();
        }
    }

    boolean hasOpenRows() {
        for (ExchangeWriter writer : writers) {
            if (writer.hasOpenRows()) {
                return true;
            }
        }
        return false;
    }

    boolean drain() {
        boolean drained = true;
        for (ExchangeWriter writer : writers) {
            drained &= writer.drain();
        }
        return drained;
    }

    @Override
    public void close() throws IOException {
        work.close();
    }
}
