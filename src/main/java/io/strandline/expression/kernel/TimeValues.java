package io.strandline.expression.kernel;

import static io.strandline.expression.ValueType.DURATION;
import static io.strandline.expression.ValueType.LONG;
import static io.strandline.expression.ValueType.STRING;
import static io.strandline.expression.ValueType.TIMESTAMP;

import io.strandline.expression.ValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Timestamps and durations in milliseconds: CEL's text forms, ranges and accessors. */
final class TimeValues {

    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final long LONGEST = 315_576_000_000L * SECOND;
    private static final Pattern DURATION_TEXT =
            Pattern.compile("([+-])?((?:(?:\\d+\\.?\\d*|\\.\\d+)(?:h|ms|m|s|us|ns))+|0)");
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(h|ms|m|s|us|ns)");

    /** A part of a time: the name of its accessor, what it counts, and how it is taken from milliseconds. */
    private record Part(String accessor, String counts, LongUnaryOperator of) {}

    /** Parts of a time in UTC, or of one in a zone as {@link ZoneClock} gives it. */
    private static final List<Part> TIMESTAMP_PARTS = List.of(
            new Part("getFullYear", "1 to 9999", millis -> date(millis).getYear()),
            new Part("getMonth", "0 to 11", millis -> date(millis).getMonthValue() - 1L),
            new Part("getDate", "1 to 31", millis -> date(millis).getDayOfMonth()),
            new Part("getDayOfMonth", "0 to 30", millis -> date(millis).getDayOfMonth() - 1L),
            new Part("getDayOfYear", "0 to 365", millis -> date(millis).getDayOfYear() - 1L),
            new Part(
                    "getDayOfWeek",
                    "0 to 6 from Sunday",
                    millis -> date(millis).getDayOfWeek().getValue() % 7),
            new Part("getHours", "0 to 23", millis -> Math.floorMod(millis, DAY) / HOUR),
            new Part("getMinutes", "0 to 59", millis -> Math.floorMod(millis, HOUR) / MINUTE),
            new Part("getSeconds", "0 to 59", millis -> Math.floorMod(millis, MINUTE) / SECOND),
            new Part("getMilliseconds", "0 to 999", millis -> Math.floorMod(millis, SECOND)));

    /** A duration in whole units, or its milliseconds within the second. */
    private static final List<Part> DURATION_PARTS = List.of(
            new Part("getHours", "whole hours", millis -> millis / HOUR),
            new Part("getMinutes", "whole minutes", millis -> millis / MINUTE),
            new Part("getSeconds", "whole seconds", millis -> millis / SECOND),
            new Part("getMilliseconds", "milliseconds beyond the seconds", millis -> millis % SECOND));

    private TimeValues() {}

    static void define(Functions into) {
        conversions(into);
        for (Part part : TIMESTAMP_PARTS) {
            String form = "t." + part.accessor() + "()";
            into.longs(
                    part.accessor(),
                    form,
                    List.of(TIMESTAMP),
                    LONG,
                    part.counts(),
                    row -> part.of().applyAsLong(row.number(0)));
        }
        for (Part part : TIMESTAMP_PARTS) {
            String form = "t." + part.accessor() + "(zone)";
            String fails = "fails for what is no zone";
            into.add(part.accessor(), form, List.of(TIMESTAMP, STRING), LONG, fails, a -> inZone(part, a));
        }
        for (Part part : DURATION_PARTS) {
            into.longs(
                    part.accessor(),
                    "d." + part.accessor() + "()",
                    List.of(DURATION),
                    LONG,
                    part.counts(),
                    row -> part.of().applyAsLong(row.number(0)));
        }
    }

    private static void conversions(Functions into) {
        into.texts("string", "string(a)", List.of(TIMESTAMP), "", row -> writeTimestamp(row.number(0)));
        into.texts("string", "string(a)", List.of(DURATION), "", row -> writeDuration(row.number(0)));
        into.longs(
                "int",
                "int(a)",
                List.of(TIMESTAMP),
                LONG,
                "seconds since 1970",
                row -> Math.floorDiv(row.number(0), SECOND));
        into.add("timestamp", "timestamp(a)", List.of(TIMESTAMP), TIMESTAMP, "", a -> a.get(0));
        String text = "RFC 3339, whole milliseconds; fails for other text";
        into.longs("timestamp", "timestamp(a)", List.of(STRING), TIMESTAMP, text, row -> readTimestamp(row.text(0)));
        String seconds = "seconds since 1970; fails outside the years 1 to 9999";
        into.longs("timestamp", "timestamp(a)", List.of(LONG), TIMESTAMP, seconds, row -> fromSeconds(row.number(0)));
        into.add("duration", "duration(a)", List.of(DURATION), DURATION, "", a -> a.get(0));
        String units = "`1h30m`, `-0.5s`, `250ms`; fails for other text";
        into.longs("duration", "duration(a)", List.of(STRING), DURATION, units, row -> readDuration(row.text(0)));
    }

    private static Kernel inZone(Part part, List<Kernel> arguments) {
        ZoneClock clock = new ZoneClock();
        if (arguments.get(1).constant() instanceof String literal) {
            clock.local(0, literal);
        }
        return RowWise.longs(LONG, arguments, row -> part.of().applyAsLong(clock.local(row.number(0), row.text(1))));
    }

    /** Milliseconds of RFC 3339 text such as {@code 2001-01-01T00:47:00Z}. */
    static long readTimestamp(String text) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no timestamp; one looks like 2001-01-01T00:47:00Z", e);
        }
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("'" + text + "' is finer than a millisecond");
        }
        return inRange(ValueType.TIMESTAMP, instant.toEpochMilli());
    }

    /** Milliseconds of text such as {@code 1h30m} or {@code -0.5s}. */
    static long readDuration(String text) {
        Matcher whole = DURATION_TEXT.matcher(text);
        if (text.length() > 100 || !whole.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration; one looks like 1h30m or 0.5s");
        }
        BigDecimal millis = BigDecimal.ZERO;
        Matcher part = DURATION_PART.matcher(text);
        while (part.find()) {
            millis = millis.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
        }
        if (millis.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("'" + text + "' is finer than a millisecond");
        }
        if (millis.compareTo(BigDecimal.valueOf(LONGEST)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is beyond the longest duration of 10000 years");
        }
        return "-".equals(whole.group(1)) ? -millis.longValueExact() : millis.longValueExact();
    }

    private static BigDecimal unit(String name) {
        return switch (name) {
            case "h" -> BigDecimal.valueOf(HOUR);
            case "m" -> BigDecimal.valueOf(MINUTE);
            case "s" -> BigDecimal.valueOf(SECOND);
            case "ms" -> BigDecimal.ONE;
            case "us" -> new BigDecimal("0.001");
            default -> new BigDecimal("0.000001");
        };
    }

    static String writeTimestamp(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** Seconds, with three digits of fraction where there is one. */
    static String writeDuration(long millis) {
        Duration duration = Duration.ofMillis(Math.abs(millis));
        String fraction = duration.toMillisPart() == 0 ? "" : "." + (1000 + duration.toMillisPart() + "").substring(1);
        return (millis < 0 ? "-" : "") + duration.toSeconds() + fraction + "s";
    }

    static long fromSeconds(long seconds) {
        if (seconds < FIRST / SECOND || seconds > LAST / SECOND) {
            throw new IllegalArgumentException("a timestamp of " + seconds + " s is out of range");
        }
        return seconds * SECOND;
    }

    /** CEL allows years 1 to 9999 and durations of about 10000 years. */
    private static long inRange(ValueType type, long millis) {
        if (!fits(type, millis)) {
            throw new IllegalArgumentException(outOfRange(type, millis));
        }
        return millis;
    }

    static boolean fits(ValueType type, long millis) {
        return type == ValueType.TIMESTAMP
                ? millis >= FIRST && millis <= LAST
                : millis >= -LONGEST && millis <= LONGEST;
    }

    static String outOfRange(ValueType type, long millis) {
        return "a " + type.wireName() + " of " + millis + " ms is out of range";
    }

    private static LocalDate date(long millis) {
        return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    }
}
