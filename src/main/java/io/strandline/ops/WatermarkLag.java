package io.strandline.ops;

import java.time.Clock;

/** How far a watermark is behind the clock. */
final class WatermarkLag {

    private WatermarkLag() {}

    /** Zero before the first watermark, after the last, and while it is ahead. */
    static double seconds(long watermarkMillis, Clock clock) {
        boolean none = watermarkMillis == Long.MIN_VALUE || watermarkMillis == Long.MAX_VALUE;
        return none ? 0 : Math.max(0, clock.millis() - watermarkMillis) / 1000.0;
    }
}
