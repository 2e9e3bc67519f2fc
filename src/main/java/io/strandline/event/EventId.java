package io.strandline.event;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event's place in the order of all events, and what a reader goes on after. Written {@code 393216} or, for an event
 * that is in no journal, {@code 393216.1764000000001}.
 *
 * @param place the place of the change in the audit; for other events that of the newest change before them
 * @param extra 0 for a change; for other events a number that grows, also over restarts of the server
 */
public record EventId(long place, long extra) implements Comparable<EventId> {

    /** Before the first event there ever was. */
    public static final EventId START = new EventId(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:\\.(\\d{1,18}))?");
    private static final Comparator<EventId> ORDER =
            Comparator.comparingLong(EventId::place).thenComparingLong(EventId::extra);

    /** An id as it was written, empty for anything else. */
    public static Optional<EventId> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String extra = parts.group(2);
        return Optional.of(new EventId(Long.parseLong(parts.group(1)), extra == null ? 0 : Long.parseLong(extra)));
    }

    /** Whether it is in the journal, and so will be told again to whoever was away. */
    public boolean journaled() {
        return extra == 0;
    }

    @Override
    public int compareTo(EventId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return extra == 0 ? String.valueOf(place) : place + "." + extra;
    }
}
