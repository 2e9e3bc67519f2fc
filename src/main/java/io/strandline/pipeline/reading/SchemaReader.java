package io.strandline.pipeline.reading;

import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.cel.Expression;
import io.strandline.pipeline.SourceSpec.EventTime;
import io.strandline.pipeline.SourceSpec.SourceColumn;
import io.strandline.pipeline.TimestampPattern;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a source's records have: columns with their types, and which of them is the event time. */
final class SchemaReader {

    static final int MOST_COLUMNS = 500;

    private static final Pattern COLUMN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final List<String> COLUMN_TYPES =
            List.of("long", "double", "boolean", "string", "timestamp(pattern)", "timestamp(pattern, Zone)");
    private static final Duration MOMENT = Duration.ofMillis(1);

    private SchemaReader() {}

    /** Adds a finding if the name cannot be a column's. */
    static void checkColumnName(String name, Fields columns) {
        if (!COLUMN_NAME.matcher(name).matches()) {
            columns.wrong(
                    name,
                    "a column's name is made of A-Z, a-z, 0-9 and '_' and does not begin with a digit; found '" + name
                            + "'");
        } else if (Expression.isReserved(name)) {
            columns.wrong(name, "'" + name + "' is a word of the expression language; choose another column name");
        }
    }

    static List<SourceColumn> columns(Fields fields) {
        List<SourceColumn> columns = new ArrayList<>();
        Map<String, String> types = fields.texts("schema", "an object of column names to types", MOST_COLUMNS);
        types.forEach((column, type) -> {
            Fields members = fields.object("schema");
            checkColumnName(column, members);
            SourceColumn read = column(column, type.strip(), members);
            if (read != null) {
                columns.add(read);
            }
        });
        return columns;
    }

    private static @Nullable SourceColumn column(String name, String type, Fields members) {
        if (type.startsWith("timestamp(") && type.endsWith(")")) {
            TimestampPattern pattern =
                    timestamp(name, type.substring("timestamp(".length(), type.length() - 1), members);
            return pattern == null ? null : new SourceColumn(name, ValueType.TIMESTAMP, pattern);
        }
        ValueType plain = ValueType.ofWireName(type).orElse(null);
        if (plain == null || plain == ValueType.TIMESTAMP || plain == ValueType.DURATION) {
            String hint = plain == ValueType.TIMESTAMP
                    ? "; say how it is written, such as timestamp(yyyy-MM-dd HH:mm:ss)"
                    : NearestName.hint(type, COLUMN_TYPES);
            members.wrong(
                    name, "one of " + String.join(", ", COLUMN_TYPES) + " is expected; found '" + type + "'" + hint);
            return null;
        }
        return new SourceColumn(name, plain, null);
    }

    /** The text behind the last comma is the zone; a pattern that has a comma itself ends with {@code , UTC}. */
    private static @Nullable TimestampPattern timestamp(String column, String inside, Fields members) {
        int comma = inside.lastIndexOf(',');
        String pattern = comma < 0 ? inside : inside.substring(0, comma);
        String zoneName = comma < 0 ? "UTC" : inside.substring(comma + 1).strip();
        ZoneId zone = zone(zoneName);
        if (zone == null) {
            members.wrong(column, "'" + zoneName + "' is no time zone; write one such as Europe/Berlin or +02:00");
            return null;
        }
        TimestampPattern timestamp = new TimestampPattern(pattern.strip(), zone);
        String mistake = mistake(timestamp);
        if (mistake != null) {
            members.wrong(
                    column,
                    "'" + pattern + "' is no pattern of a date and time (" + mistake
                            + "); one looks like yyyy/MM/dd HH:mm");
            return null;
        }
        return timestamp;
    }

    private static @Nullable ZoneId zone(String name) {
        if (name.equals("UTC") || name.equals("Z")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Writes two moments and reads them back, which finds patterns without a date or with half a time of day. */
    private static @Nullable String mistake(TimestampPattern timestamp) {
        ZonedDateTime morning = ZonedDateTime.of(2001, 2, 3, 4, 5, 6, 0, timestamp.zone());
        try {
            DateTimeFormatter formatter = timestamp.formatter();
            String one = formatter.format(morning);
            String other = formatter.format(morning.plusHours(3));
            boolean same = TimestampPattern.read(formatter, one).equals(TimestampPattern.read(formatter, other));
            return same && !one.equals(other) ? "the time it writes cannot be read back; is it HH for hh?" : null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (DateTimeException e) {
            return "what it writes cannot be read back as a date";
        }
    }

    /** Which of the rows' columns is their time. */
    static @Nullable EventTime eventTime(Fields source, List<RowSchema.Column> columns) {
        if (!source.has("eventTime")) {
            return null;
        }
        Fields fields = source.object("eventTime");
        String field = fields.text("field", "the name of a timestamp or long column");
        Duration outOfOrderness = fields.duration("maxOutOfOrderness", Duration.ZERO, Duration.ZERO);
        Duration idleTimeout = fields.optionalDuration("idleTimeout", MOMENT);
        fields.refuseUnknown();
        RowSchema.Column column =
                columns.stream().filter(c -> c.name().equals(field)).findFirst().orElse(null);
        List<String> names = columns.stream().map(RowSchema.Column::name).toList();
        if (source.sound() && column == null) {
            fields.wrong(
                    "field",
                    "no column '" + field + "' in schema" + NearestName.hint(field, names) + " (columns here: "
                            + String.join(", ", names) + ")");
        } else if (column != null && column.type() != ValueType.TIMESTAMP && column.type() != ValueType.LONG) {
            fields.wrong(
                    "field",
                    "a timestamp, or a long of milliseconds since 1970, is expected; '" + field + "' is a "
                            + column.type().wireName());
        }
        return new EventTime(field, outOfOrderness, idleTimeout);
    }
}
