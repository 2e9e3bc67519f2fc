package io.strandline.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When and how snapshots are taken.
 *
 * @param interval between the beginnings of two periodic checkpoints; null ({@code NONE}) takes them on request only
 * @param timeout after which an attempt is given up
 * @param minPause between the end of an attempt and the next periodic one
 * @param tolerableFailures failed checkpoints in a row that do not yet fail the instance
 * @param unaligned whether barriers may overtake rows in flight, which are then part of the snapshot
 * @param alignedTimeout how long barriers are aligned before they overtake, null for not at all; without effect while
 *     {@code unaligned} is false
 */
public record CheckpointSpec(
        @Nullable Duration interval,
        Guarantee guarantee,
        Duration timeout,
        Duration minPause,
        int tolerableFailures,
        Retry retry,
        boolean unaligned,
        @Nullable Duration alignedTimeout) {

    /** What of the stream a snapshot may count twice. */
    public enum Guarantee {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /**
     * How often one request for a checkpoint is tried.
     *
     * @param attempts the first one counts, so 1 is no retry
     * @param initial pause before the second attempt; it doubles from there
     * @param max longest pause
     */
    public record Retry(int attempts, Duration initial, Duration max) {}
}
