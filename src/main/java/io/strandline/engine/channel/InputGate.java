package io.strandline.engine.channel;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a subtask's channels, those of all its inputs: yields their batches in turn, the least of their
 * watermarks, and a barrier once every channel has delivered it. While it waits for the others, a channel that has delivered it is not read (aligned), or
 * is (at least once). Barriers of aborted attempts vanish here.
 */
public final class InputGate {

    private static final long NO_ATTEMPT = -1;

    private final Channel[] channels;
    private final boolean aligned;
    private final long[] watermarks;
    private final boolean[] idle;
    private final boolean[] delivered;
    private int next;
    private int lent;
    private long watermark;
    private boolean allIdle;
    private long attempt = NO_ATTEMPT;
    private long aborted = NO_ATTEMPT;
    private int missing;
    private long alignedSince;

    /**
     * A gate over at least one channel.
     *
     * @param watermark what event time has reached already
     */
    public InputGate(List<Channel> channels, boolean aligned, long watermark) {
        this.channels = channels.toArray(Channel[]::new);
        this.aligned = aligned;
        this.watermarks = new long[this.channels.length];
        Arrays.fill(watermarks, Watermark.NONE);
        this.idle = new boolean[this.channels.length];
        this.delivered = new boolean[this.channels.length];
        this.watermark = watermark;
    }

    /**
     * The next element, null when there is none now. A batch is to be given back by {@link #release} before the next call.
     */
    public @Nullable Element poll(long nowNanos) {
        int empty = 0;
        while (empty < channels.length) {
            int channel = next;
            next = next + 1 == channels.length ? 0 : next + 1;
            Element element = aligned && delivered[channel] ? null : channels[channel].poll();
            if (element == null) {
                empty++;
                continue;
            }
            empty = 0;
            Element yielded = accept(channel, element, nowNanos);
            if (yielded != null) {
                return yielded;
            }
        }
        return null;
    }

    /** Which input the batch that was polled last belongs to. */
    public int input() {
        return channels[lent].input();
    }

    /** Gives back the batch that was polled last. */
    public void release(Batch batch) {
        channels[lent].release(batch);
    }

    /** Attempts up to {@code number} are over: their barriers are neither waited for nor yielded any more. */
    public void abort(long number) {
        aborted = Math.max(aborted, number);
        if (attempt != NO_ATTEMPT && attempt <= aborted) {
            stopAligning();
        }
    }

    /** When the first channel delivered the barrier that was yielded last. */
    public long alignedSince() {
        return alignedSince;
    }

    private @Nullable Element accept(int channel, Element element, long nowNanos) {
        if (element instanceof Batch) {
            lent = channel;
            return element;
        }
        if (element instanceof Watermark mark) {
            return accept(channel, mark);
        }
        return accept(channel, (Barrier) element, nowNanos);
    }

    private @Nullable Watermark accept(int channel, Watermark mark) {
        idle[channel] = mark.idle();
        watermarks[channel] = Math.max(watermarks[channel], mark.time());
        long least = Watermark.MAX;
        boolean allEnded = true;
        boolean active = false;
        for (int i = 0; i < channels.length; i++) {
            if (watermarks[i] != Watermark.MAX) {
                allEnded = false;
                active |= !idle[i];
                least = idle[i] ? least : Math.min(least, watermarks[i]);
            }
        }
        // a channel that has ended says nothing about those that only have no rows for now
        boolean noneActive = !allEnded && !active;
        boolean wasIdle = allIdle;
        allIdle = noneActive;
        if (noneActive) {
            return wasIdle ? null : new Watermark(watermark, true);
        }
        if (least <= watermark && !wasIdle) {
            return null;
        }
        watermark = Math.max(watermark, least);
        return Watermark.of(watermark);
    }

    private @Nullable Barrier accept(int channel, Barrier barrier, long nowNanos) {
        if (barrier.number() <= aborted || barrier.number() < attempt) {
            return null;
        }
        if (barrier.number() > attempt) {
            stopAligning();
            attempt = barrier.number();
            missing = channels.length;
            alignedSince = nowNanos;
        }
        delivered[channel] = true;
        missing--;
        if (missing > 0) {
            return null;
        }
        stopAligning();
        return barrier;
    }

    private void stopAligning() {
        attempt = NO_ATTEMPT;
        Arrays.fill(delivered, false);
    }
}
