package io.strandline.engine.task;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One vertex in a subtask's chain: what it does, and where the rows of each of its outputs go. */
final class ChainLink implements Closeable {

    private final String vertex;
    private final LinkWork work;
    private final ChainCursor cursor;
    private final VertexCounters counters;
    private final LinkOutput[] outputs;
    private long watermark;
    private long beforeEnd;

    /** @param outputs the main one first, as an edge numbers them; none for a sink */
    ChainLink(String vertex, LinkWork work, ChainCursor cursor, VertexCounters counters, List<LinkOutput> outputs) {
        this.vertex = vertex;
        this.work = work;
        this.cursor = cursor;
        this.counters = counters;
        this.outputs = outputs.toArray(LinkOutput[]::new);
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

    /** Takes rows of one of its inputs. */
    void process(int input, Batch batch) throws IOException {
        ChainLink before = cursor.enter(this);
        counters.in(batch.size());
        work.process(input, batch, this);
        cursor.back(before);
    }

    /** Passes rows on by one of its outputs. */
    void emit(int output, Batch batch) throws IOException {
        counters.out(batch.size());
        outputs[output].emit(batch);
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

    /** Whether its state may be used. */
    boolean isReady() {
        return work.isReady();
    }

    void freeze(Freeze freeze) throws IOException {
        cursor.enter(this);
        work.freeze(freeze);
    }

    void broadcast(Element element) {
        for (LinkOutput output : outputs) {
            output.broadcast(element);
        }
    }

    void flushRows() {
        for (LinkOutput output : outputs) {
            output.flushRows();
        }
    }

    boolean hasOpenRows() {
        for (LinkOutput output : outputs) {
            if (output.hasOpenRows()) {
                return true;
            }
        }
        return false;
    }

    /** Sends what is parked as far as there is room; whether it can take rows: nothing is parked any more. */
    boolean drain() throws IOException {
        boolean drained = work.ready();
        for (LinkOutput output : outputs) {
            drained &= output.drain();
        }
        return drained;
    }

    @Override
    public void close() throws IOException {
        work.close();
    }
}
