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

    /** ISO form with days: {@code P30D}, {@code P1DT2H}, {@code PT5M}. */
    static String iso(Duration duration) {
        long days = duration.toDays();
        if (days == 0) {
            return duration.toString();
        }
        Duration rest = duration.minusDays(days);
        return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
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
