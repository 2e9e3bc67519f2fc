package io.strandline.engine.channel;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a subtask's channels, those of all its inputs: yields their batches in turn, the least of their
 * watermarks, and a barrier once every channel has delivered it. While it waits for the others, a channel that has delivered
 * it is not read (aligned), or is (at least once). Barriers of aborted attempts vanish here.
 *
 * <p>A barrier that is announced and out of patience is not waited for: its attempt overtakes ({@link #overtake}), and what
 * comes before it in each channel is copied out ({@link #collect}) and waits here until it is polled. The idea is Flink's
 * unaligned checkpoint; unlike there, the queues themselves are never looked into.
 */
public final class InputGate {

    private static final long NO_ATTEMPT = -1;

    private final Channel[] channels;
    private final boolean aligned;
    private final Watermarks watermarks;
    private final List<Deque<Element>> waiting;
    private final boolean[] delivered;
    private int next;
    private int lent;
    private long attempt = NO_ATTEMPT;
    private boolean overtaken;
    private long passed = NO_ATTEMPT;
    private long aborted = NO_ATTEMPT;
    private int missing;
    private long alignedSince;
    private long alignedBytes;

    /**
     * A gate over at least one channel.
     *
     * @param watermark what event time has reached already
     */
    public InputGate(List<Channel> channels, boolean aligned, long watermark) {
        this.channels = channels.toArray(Channel[]::new);
        this.aligned = aligned;
        this.watermarks = new Watermarks(this.channels.length, watermark);
        this.waiting = Stream.<Deque<Element>>generate(ArrayDeque::new)
                .limit(this.channels.length)
                .toList();
        this.delivered = new boolean[this.channels.length];
    }

    /**
     * The next element, null when there is none now. A batch is to be given back by {@link #release} before the next call.
     */
    public @Nullable Element poll(long nowNanos) {
        int empty = 0;
        while (empty < channels.length) {
            int channel = next;
            next = next + 1 == channels.length ? 0 : next + 1;
            Element element = take(channel);
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

    /** When the first channel delivered or announced the barrier that was yielded or has overtaken last. */
    public long alignedSince() {
        return alignedSince;
    }

    /** About how many bytes of rows were yielded since then, up to the barrier. */
    public long alignedBytes() {
        return alignedBytes;
    }

    /** The newest barrier that is announced, not yielded yet and out of patience. */
    public @Nullable Barrier overtaking(long nowNanos) {
        Barrier newest = null;
        for (Channel channel : channels) {
            Barrier barrier = ahead(channel);
            if (barrier != null && barrier.overtakes(nowNanos)) {
                newest = newest == null || barrier.number() > newest.number() ? barrier : newest;
            }
        }
        return newest;
    }

    /** When {@link #overtaking} will have something to say; {@code Long.MAX_VALUE} for never. */
    public long overtakesAt() {
        long earliest = Long.MAX_VALUE;
        for (Channel channel : channels) {
            Barrier barrier = ahead(channel);
            if (barrier != null && barrier.patienceNanos() != Barrier.PATIENT) {
                earliest = Math.min(earliest, barrier.overtakesAt());
            }
        }
        return earliest;
    }

    /** Waits for a barrier no longer: its attempt has everything but the rows that {@code into} is given from here on. */
    public void overtake(Barrier barrier, long nowNanos, InFlight into) {
        if (attempt != barrier.number()) {
            begin(barrier, nowNanos);
        }
        overtaken = true;
        passed = barrier.number();
        for (int channel = 0; channel < channels.length; channel++) {
            collectWaiting(channel, into);
        }
    }

    /** What waits has come before the barrier, unless that is here already: it may wait behind an attempt that is over. */
    private void collectWaiting(int channel, InFlight into) {
        Deque<Element> here = waiting.get(channel);
        for (int left = here.size(); left > 0; left--) {
            Element element = here.remove();
            if (delivered[channel]) {
                here.add(element);
            } else {
                collect(channel, element, into);
            }
        }
    }

    /** Takes in what has come before the barrier that was overtaken; whether every channel has delivered it. */
    public boolean collect(InFlight into) {
        if (!overtaken) {
            return false;
        }
        for (int channel = 0; channel < channels.length; channel++) {
            while (!delivered[channel]) {
                Element element = channels[channel].poll();
                if (element == null) {
                    break;
                }
                collect(channel, element, into);
            }
        }
        if (missing > 0) {
            return false;
        }
        stopAligning();
        return true;
    }

    private void collect(int channel, Element element, InFlight into) {
        if (element instanceof Barrier barrier && barrier.number() <= attempt) {
            if (barrier.number() == attempt) {
                delivered[channel] = true;
                missing--;
            }
            return;
        }
        waiting.get(channel).add(element);
        // a later barrier: this attempt is over, which will be told soon
        delivered[channel] = element instanceof Barrier;
        copy(channel, element, into);
    }

    private void copy(int channel, Element element, InFlight into) {
        if (element instanceof Batch batch) {
            into.add(channels[channel].input(), batch);
        }
    }

    private @Nullable Element take(int channel) {
        if (aligned && !overtaken && delivered[channel]) {
            return null;
        }
        Element element = waiting.get(channel).poll();
        if (element != null || overtaken && !delivered[channel]) {
            return element;
        }
        return channels[channel].poll();
    }

    private @Nullable Element accept(int channel, Element element, long nowNanos) {
        if (element instanceof Batch batch) {
            lent = channel;
            if (attempt != NO_ATTEMPT && !overtaken) {
                alignedBytes += batch.bytes();
            }
            return element;
        }
        if (element instanceof Watermark mark) {
            return watermarks.accept(channel, mark);
        }
        return accept(channel, (Barrier) element, nowNanos);
    }

    private @Nullable Barrier accept(int channel, Barrier barrier, long nowNanos) {
        if (barrier.number() <= aborted || barrier.number() < attempt) {
            return null;
        }
        if (barrier.number() > attempt) {
            begin(barrier, nowNanos);
        }
        delivered[channel] = true;
        missing--;
        if (missing > 0) {
            return null;
        }
        passed = barrier.number();
        stopAligning();
        return barrier;
    }

    private @Nullable Barrier ahead(Channel channel) {
        Barrier barrier = channel.announced();
        return barrier != null && barrier.number() > passed && barrier.number() > aborted ? barrier : null;
    }

    private void begin(Barrier barrier, long nowNanos) {
        stopAligning();
        attempt = barrier.number();
        missing = channels.length;
        alignedSince = nowNanos;
        alignedBytes = 0;
    }

    private void stopAligning() {
        attempt = NO_ATTEMPT;
        overtaken = false;
        Arrays.fill(delivered, false);
    }
}
