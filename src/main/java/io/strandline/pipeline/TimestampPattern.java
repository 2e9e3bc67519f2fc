package io.strandline.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * How a timestamp is written in a file.
 *
 * @param pattern of {@link DateTimeFormatter}
 * @param zone of timestamps that do not name theirs
 */
public record TimestampPattern(String pattern, ZoneId zone) {

    /** Reads text of this pattern; English names, a missing time of day is midnight. */
    public DateTimeFormatter formatter() {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
    }

    /** The moment that the text means, for a formatter of {@link #formatter()}. */
    public static Instant read(DateTimeFormatter formatter, CharSequence text) {
        TemporalAccessor parsed = formatter.parse(text);
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed);
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        return LocalDate.from(parsed)
                .atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(ZoneId.from(parsed))
                .toInstant();
    }

    /** The column type that a document writes. */
    public String wireType() {
        return zone.equals(ZoneOffset.UTC) ? "timestamp(" + pattern + ")" : "timestamp(" + pattern + ", " + zone + ")";
    }
}
