package io.strandline.engine.operator.window;

import java.time.Duration;

/** Which rows of a key belong together, by their event times. */
public sealed interface WindowShape {

    /**
     * Windows of one length, each beginning {@code slide} after the one before, at multiples of it since the epoch.
     *
     * @param size a multiple of a millisecond
     * @param slide at most {@code size}; equal to it when windows do not overlap
     */
    record Sliding(Duration size, Duration slide) implements WindowShape {

        public Sliding {
            if (slide.toMillis() <= 0 || slide.compareTo(size) > 0) {
                throw new IllegalArgumentException("windows of " + size + " each " + slide);
            }
        }
    }

    /**
     * Rows of which each comes less than {@code gap} after another; from the first one's time to {@code gap} after the last
     * one's.
     */
    record Session(Duration gap) implements WindowShape {

        public Session {
            if (gap.toMillis() <= 0) {
                throw new IllegalArgumentException("sessions with a gap of " + gap);
            }
        }
    }

    /** Windows that follow one upon the other. */
    static WindowShape tumbling(Duration size) {
        return new Sliding(size, size);
    }
}
