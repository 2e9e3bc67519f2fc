package io.strandline.api.stream;

import java.time.Duration;

/** Which windows of event time a value falls into. */
public sealed interface WindowShape {

    /** One of {@code size} after the other, from 1970 on. */
    static WindowShape tumbling(Duration size) {
        return new Sliding(size, size);
    }

    /** One of {@code size} beginning each {@code slide}, from 1970 on. */
    static WindowShape sliding(Duration size, Duration slide) {
        return new Sliding(size, slide);
    }

    /** Values of a key of which each comes less than {@code gap} after the one before. */
    static WindowShape session(Duration gap) {
        return new Session(gap);
    }

    /**
     * Windows of one length.
     *
     * @param size at least {@code slide}, and a multiple of it
     */
    record Sliding(Duration size, Duration slide) implements WindowShape {

        public Sliding {
            if (slide.toMillis() < 1 || size.toMillis() % slide.toMillis() != 0 || size.compareTo(slide) < 0) {
                throw new IllegalArgumentException("windows of " + size + " each " + slide);
            }
        }
    }

    /**
     * Windows that end with a silence.
     *
     * @param gap at least a millisecond
     */
    record Session(Duration gap) implements WindowShape {

        public Session {
            if (gap.toMillis() < 1) {
                throw new IllegalArgumentException("sessions with a gap of " + gap);
            }
        }
    }
}
