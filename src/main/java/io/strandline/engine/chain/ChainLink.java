package io.strandline.engine.chain;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import io.strandline.state.SubtaskState;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One vertex in a subtask's chain: what it does, and where the rows of each of its outputs go. */
public final class ChainLink implements Closeable {

    private final String vertex;
    private final LinkWork work;
    private final ChainCursor cursor;
    private final VertexCounters counters;
    private final LinkOutput[] outputs;
    private long watermark;
    private long beforeEnd;

    /** @param outputs the main one first, as an edge numbers them; none for a sink */
    public ChainLink(
            String vertex, LinkWork work, ChainCursor cursor, VertexCounters counters, List<LinkOutput> outputs) {
        this.vertex = vertex;
        this.work = work;
        this.cursor = cursor;
        this.counters = counters;
        this.outputs = outputs.toArray(LinkOutput[]::new);
    }

    /** The vertex. */
    public String vertex() {
        return vertex;
    }

    /** Its figures. */
    public VertexCounters counters() {
        return counters;
    }

    /** The event time it has reached. */
    public long watermark() {
        return watermark;
    }

    /**
     * The watermark to go on from. It is not that of the end of input, or every row of an input that has grown since would be
     * late; only a subtask that never had rows counts as ended.
     */
    public long watermarkToKeep() {
        return beforeEnd == Watermark.NONE ? watermark : beforeEnd;
    }

    /** Opens it, before anything else. */
    public void open(long restoredWatermark) throws IOException {
        cursor.enter(this);
        watermark = restoredWatermark;
        beforeEnd = restoredWatermark;
        counters.watermark(watermark);
        work.open();
    }

    /** Takes rows of one of its inputs. */
    public void process(int input, Batch batch) throws IOException {
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
    public boolean advance(long time) throws IOException {
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
    public boolean flush() throws IOException {
        cursor.enter(this);
        return work.flush(this);
    }

    /** Processing time has passed. */
    public void tick(long nowNanos) throws IOException {
        cursor.enter(this);
        work.tick(nowNanos, this);
    }

    /** When it wants a {@link #tick} at the latest; {@code Long.MAX_VALUE} for never. */
    public long tickDue() {
        return work.tickDue();
    }

    /** Copies a slice of what is frozen; whether there is more to copy. */
    public boolean sweep() {
        return work.sweep();
    }

    /** Begins to look a key up in its state; empty when it has no such state. */
    public Optional<SubtaskState.Look> look(String state, List<Object> key) {
        return work.look(state, key);
    }

    /** Whether its state may be used. */
    public boolean isReady() {
        return work.isReady();
    }

    /** Freezes its state, or seals its output, for an attempt. */
    public void freeze(Freeze freeze) throws IOException {
        cursor.enter(this);
        work.freeze(freeze);
    }

    /** Sends an element by every exchange, behind all rows. */
    public void broadcast(Element element) {
        for (LinkOutput output : outputs) {
            output.broadcast(element);
        }
    }

    /** Sends rows that wait for their batch to fill. */
    public void flushRows() {
        for (LinkOutput output : outputs) {
            output.flushRows();
        }
    }

    /** Whether there are such rows. */
    public boolean hasOpenRows() {
        for (LinkOutput output : outputs) {
            if (output.hasOpenRows()) {
                return true;
            }
        }
        return false;
    }

    /** Sends what is parked as far as there is room; whether it can take rows: nothing is parked any more. */
    public boolean drain() throws IOException {
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
