package io.strandline.api.stream;

/**
 * A stretch of event time.
 *
 * @param start its first millisecond since 1970
 * @param end the one after its last
 */
public record Window(long start, long end) {

    public Window {
        if (start >= end) {
            throw new IllegalArgumentException("a window from " + start + " to " + end);
        }
    }
}
