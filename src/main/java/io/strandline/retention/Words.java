package io.strandline.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Phrases and sums explanations share. */
final class Words {

    private Words() {}

    /** {@code 1 newer version}, {@code 2 newer versions}. */
    static String count(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** A time plus an age; the end of time when the age is longer than time. */
    static Instant later(Instant time, Duration age) {
        try {
            return time.plus(age);
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MAX;
        }
    }
}
