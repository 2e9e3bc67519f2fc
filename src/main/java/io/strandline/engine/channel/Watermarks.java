package io.strandline.engine.channel;

import io.strandline.engine.element.Watermark;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The least watermark over channels that are not idle; it never goes back. */
final class Watermarks {

    private final long[] times;
    private final boolean[] idle;
    private long least;
    private boolean allIdle;

    /** @param reached what event time has reached already */
    Watermarks(int channels, long reached) {
        this.times = new long[channels];
        Arrays.fill(times, Watermark.NONE);
        this.idle = new boolean[channels];
        this.least = reached;
    }

    /** Takes a channel's watermark in; what follows for all of them, null when nothing does. */
    @Nullable
    Watermark accept(int channel, Watermark mark) {
        idle[channel] = mark.idle();
        times[channel] = Math.max(times[channel], mark.time());
        long lowest = Watermark.MAX;
        boolean allEnded = true;
        boolean active = false;
        for (int i = 0; i < times.length; i++) {
            if (times[i] != Watermark.MAX) {
                allEnded = false;
                active |= !idle[i];
                lowest = idle[i] ? lowest : Math.min(lowest, times[i]);
            }
        }
        // a channel that has ended says nothing about those that only have no rows for now
        boolean noneActive = !allEnded && !active;
        boolean wasIdle = allIdle;
        allIdle = noneActive;
        if (noneActive) {
            return wasIdle ? null : new Watermark(least, true);
        }
        if (lowest <= least && !wasIdle) {
            return null;
        }
        least = Math.max(least, lowest);
        return Watermark.of(least);
    }
}
