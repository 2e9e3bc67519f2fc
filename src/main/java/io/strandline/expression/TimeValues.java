package io.strandline.expression;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Timestamps and durations in milliseconds: CEL's text forms, ranges and accessors. */
final class TimeValues {

    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final long LONGEST = 315_576_000_000L * SECOND;
    private static final Pattern DURATION =
            Pattern.compile("([+-])?((?:(?:\\d+\\.?\\d*|\\.\\d+)(?:h|ms|m|s|us|ns))+|0)");
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(h|ms|m|s|us|ns)");

    private TimeValues() {}

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
        Matcher whole = DURATION.matcher(text);
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
    static long inRange(ValueType type, long millis) {
        if (!fits(type, millis)) {
            throw new IllegalArgumentException(outOfRange(type, millis));
        }
        return millis;
    }

    static void refuseOutOfRange(ValueType type, Rows rows, long[] values, Faults faults) {
        for (int k = 0; k < rows.count(); k++) {
            int row = rows.at(k);
            if (!fits(type, values[row])) {
                faults.add(row, outOfRange(type, values[row]));
            }
        }
    }

    private static boolean fits(ValueType type, long millis) {
        return type == ValueType.TIMESTAMP
                ? millis >= FIRST && millis <= LAST
                : millis >= -LONGEST && millis <= LONGEST;
    }

    private static String outOfRange(ValueType type, long millis) {
        return "a " + type.wireName() + " of " + millis + " ms is out of range";
    }

    /** The zone of an accessor's argument: a name such as {@code Europe/Berlin} or an offset such as {@code -09:30}. */
    static ZoneId readZone(String text) {
        return ZoneId.of(text.matches("\\d\\d:\\d\\d") ? "+" + text : text);
    }

    /** A timestamp's part in a zone, or null if there is no accessor of this name. */
    static @Nullable LongUnaryOperator timestampPart(String accessor, ZoneId zone) {
        LongUnaryOperator part = localPart(accessor);
        if (part == null || zone.equals(ZoneOffset.UTC)) {
            return part;
        }
        ZoneRules rules = zone.getRules();
        return millis -> part.applyAsLong(
                millis + rules.getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() * SECOND);
    }

    private static @Nullable LongUnaryOperator localPart(String accessor) {
        return switch (accessor) {
            case "getFullYear" -> millis -> date(millis).getYear();
            case "getMonth" -> millis -> date(millis).getMonthValue() - 1L;
            case "getDate" -> millis -> date(millis).getDayOfMonth();
            case "getDayOfMonth" -> millis -> date(millis).getDayOfMonth() - 1L;
            case "getDayOfYear" -> millis -> date(millis).getDayOfYear() - 1L;
            case "getDayOfWeek" -> millis -> date(millis).getDayOfWeek().getValue() % 7;
            case "getHours" -> millis -> Math.floorMod(millis, DAY) / HOUR;
            case "getMinutes" -> millis -> Math.floorMod(millis, HOUR) / MINUTE;
            case "getSeconds" -> millis -> Math.floorMod(millis, MINUTE) / SECOND;
            case "getMilliseconds" -> millis -> Math.floorMod(millis, SECOND);
            default -> null;
        };
    }

    /** A duration in whole units, or its milliseconds within the second; null if there is no accessor of this name. */
    static @Nullable LongUnaryOperator durationPart(String accessor) {
        return switch (accessor) {
            case "getHours" -> millis -> millis / HOUR;
            case "getMinutes" -> millis -> millis / MINUTE;
            case "getSeconds" -> millis -> millis / SECOND;
            case "getMilliseconds" -> millis -> millis % SECOND;
            default -> null;
        };
    }

    private static LocalDate date(long millis) {
        return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    }
}
