package io.strandline.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Phrases and sums explanations share. */
final class Words {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHXXX");
    private static final DateTimeFormatter WEEK = new DateTimeFormatterBuilder()
            .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
            .appendLiteral("-W")
            .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM");
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu");

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

    /** The period a time lies in: {@code 2026-10-25T02+02:00}, {@code 2026-10-25}, {@code 2026-W43}, {@code 2026-10}, {@code 2026}. */
    static String bucket(RetentionPolicy.Period period, Instant time, ZoneId zone) {
        DateTimeFormatter format = switch (period) {
            case HOUR -> HOUR;
            case DAY -> DateTimeFormatter.ISO_LOCAL_DATE;
            case WEEK -> WEEK;
            case MONTH -> MONTH;
            case YEAR -> YEAR;
        };
        return format.format(time.atZone(zone));
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
