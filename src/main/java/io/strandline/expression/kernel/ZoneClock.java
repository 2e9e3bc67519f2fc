package io.strandline.expression.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Local times of a zone. Remembers the last zone and how long its offset is in force, so most times cost two comparisons. */
final class ZoneClock {

    private static final Pattern OFFSET = Pattern.compile("([+-]?)(\\d{1,2}):(\\d\\d)");

    private String name = "";
    private @Nullable ZoneRules rules;
    private long from;
    private long until;
    private long offset;

    /** Local milliseconds of a zone such as {@code Europe/Berlin} or {@code -09:30}, as if they were of UTC. */
    long local(long millis, String zone) {
        ZoneRules known = rules;
        if (known == null || !name.equals(zone)) {
            known = read(zone).getRules();
            name = zone;
            rules = known;
            from = 0;
            until = 0;
        }
        if (millis < from || millis >= until) {
            look(known, Instant.ofEpochMilli(millis));
        }
        return millis + offset;
    }

    private void look(ZoneRules known, Instant at) {
        offset = known.getOffset(at).getTotalSeconds() * TimeValues.SECOND;
        ZoneOffsetTransition before = known.previousTransition(at.plusNanos(1));
        ZoneOffsetTransition after = known.nextTransition(at);
        from = before == null ? Long.MIN_VALUE : before.getInstant().toEpochMilli();
        until = after == null ? Long.MAX_VALUE : after.getInstant().toEpochMilli();
    }

    private static ZoneId read(String zone) {
        Matcher numbers = OFFSET.matcher(zone);
        try {
            return ZoneId.of(numbers.matches() ? padded(numbers) : zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + zone + "' is no time zone; write a name such as 'Europe/Berlin' or an offset '-09:30'", e);
        }
    }

    private static String padded(Matcher offset) {
        String hours = offset.group(2);
        return ("-".equals(offset.group(1)) ? "-" : "+") + (hours.length() == 1 ? "0" : "") + hours + ":"
                + offset.group(3);
    }
}
