package io.strandline.engine.chain;

import io.strandline.engine.element.Watermark;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The links of one subtask as a whole: opened, drained, ticked, flushed and closed together. Used by one thread. */
public final class LinkedChain implements Closeable {

    private final ChainLink[] links;
    private long openRowsSince = Long.MAX_VALUE;

    /** Links, each after the one it reads, the head first. */
    public LinkedChain(List<ChainLink> links) {
        this.links = links.toArray(ChainLink[]::new);
    }

    /** The link that reads, from outside or from channels. */
    public ChainLink head() {
        return links[0];
    }

    /** The link at {@code index}, null behind the last. */
    public @Nullable ChainLink link(int index) {
        return index < links.length ? links[index] : null;
    }

    /** Every link, head first. */
    public List<ChainLink> links() {
        return Arrays.asList(links);
    }

    /** Figures of each vertex, by name; by any thread. */
    public Map<String, VertexCounters> counters() {
        return Arrays.stream(links).collect(Collectors.toUnmodifiableMap(ChainLink::vertex, ChainLink::counters));
    }

    /** Opens every link with what event time had reached in the version that is restored. */
    public void open(ToLongFunction<String> restoredWatermark) throws IOException {
        for (ChainLink link : links) {
            long watermark = restoredWatermark.applyAsLong(link.vertex());
            link.open(watermark);
            if (watermark != Watermark.NONE) {
                // it may have been on its way when a barrier overtook it
                link.broadcast(Watermark.of(watermark));
            }
        }
    }

    /** Sends what is parked as far as there is room; whether nothing is parked any more. */
    public boolean drained() throws IOException {
        boolean drained = true;
        for (ChainLink link : links) {
            drained &= link.drain();
        }
        return drained;
    }

    /** Tells every link that time has passed. */
    public void tick(long nowNanos) throws IOException {
        for (ChainLink link : links) {
            link.tick(nowNanos);
        }
    }

    /** When the next link has to be ticked, on the engine's clock; {@code Long.MAX_VALUE} for never. */
    public long tickDue() {
        long due = Long.MAX_VALUE;
        for (ChainLink link : links) {
            due = Math.min(due, link.tickDue());
        }
        return due;
    }

    /** Sends batches that are not full once the first row has waited for {@code latencyNanos}. */
    public void flushRowsWhenDue(long nowNanos, long latencyNanos) {
        if (openRowsSince == Long.MAX_VALUE) {
            openRowsSince = nowNanos;
        } else if (nowNanos - openRowsSince >= latencyNanos) {
            flushRows();
        }
    }

    /** Sends batches that are not full; whether there were any. */
    public boolean flushRows() {
        boolean any = false;
        for (ChainLink link : links) {
            any |= link.hasOpenRows();
            link.flushRows();
        }
        openRowsSince = Long.MAX_VALUE;
        return any;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (ChainLink link : links) {
            try {
                link.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
