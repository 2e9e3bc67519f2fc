package io.strandline.api.function;

/**
 * A timer that is due.
 *
 * @param clock by which clock
 * @param timeMillis for when it was set
 */
public record Timer(Clock clock, long timeMillis) {

    /** What a timer goes by. */
    public enum Clock {
        EVENT_TIME,
        PROCESSING_TIME
    }
}
