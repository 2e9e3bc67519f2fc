package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes one column's values into batches, from the text of a field. Used by one thread. */
final class ColumnWriter {

    private static final int LONGEST_SHARED = 32;
    private static final int MOST_SHARED = 4096;

    private final RecordColumn column;
    private final int index;
    private final Map<String, String> shared = new HashMap<>();
    private String lastTimestampText = "";
    private long lastTimestamp;

    ColumnWriter(RecordColumn column, int index) {
        this.column = column;
        this.index = index;
    }

    RecordColumn column() {
        return column;
    }

    /** Writes text: a string, a timestamp, or (in CSV) any value. */
    void text(String text, Batch into) throws RecordFormatException {
        int row = into.size();
        switch (column.type()) {
            case STRING -> into.objects(index)[row] = share(text);
            case TIMESTAMP -> into.longs(index)[row] = timestamp(text);
            case LONG -> into.longs(index)[row] = parseLong(text);
            case DOUBLE -> into.doubles(index)[row] = parseDouble(text);
            case BOOLEAN -> bool(parseBoolean(text), into);
            default -> throw mismatch("'" + text + "'");
        }
    }

    /** Writes a JSON number. */
    void number(String text, Batch into) throws RecordFormatException {
        switch (column.type()) {
            case LONG -> into.longs(index)[into.size()] = parseLong(text);
            case DOUBLE -> into.doubles(index)[into.size()] = parseDouble(text);
            default -> throw mismatch("the number " + text);
        }
    }

    /** Writes an integer that was read without making text of it. */
    void integer(long value, Batch into) throws RecordFormatException {
        switch (column.type()) {
            case LONG -> into.longs(index)[into.size()] = value;
            case DOUBLE -> into.doubles(index)[into.size()] = value;
            default -> throw mismatch("the number " + value);
        }
    }

    /** Writes a JSON string. */
    void string(String text, Batch into) throws RecordFormatException {
        switch (column.type()) {
            case STRING, TIMESTAMP -> text(text, into);
            default -> throw mismatch("the string '" + text + "'");
        }
    }

    /** Writes a truth value. */
    void bool(boolean value, Batch into) throws RecordFormatException {
        switch (column.type()) {
            case BOOLEAN -> into.longs(index)[into.size()] = value ? 1 : 0;
            default -> throw mismatch(String.valueOf(value));
        }
    }

    RecordFormatException mismatch(String found) {
        return new RecordFormatException(
                "field '" + column.name() + "' is " + found + ", not a "
                        + column.type().name().toLowerCase(Locale.ROOT),
                column.name());
    }

    RecordFormatException missing() {
        return new RecordFormatException("field '" + column.name() + "' is missing", column.name());
    }

    /** Short values repeat (codes, names): one object for all of them keeps a column's strings few. */
    private String share(String text) {
        if (text.length() > LONGEST_SHARED) {
            return text;
        }
        String known = shared.get(text);
        if (known != null) {
            return known;
        }
        if (shared.size() >= MOST_SHARED) {
            shared.clear();
        }
        shared.put(text, text);
        return text;
    }

    private long timestamp(String text) throws RecordFormatException {
        RecordColumn.TimestampParser parser = column.timestamp();
        if (parser == null) {
            throw mismatch("'" + text + "'");
        }
        if (!text.equals(lastTimestampText)) {
            try {
                lastTimestamp = parser.parse(text);
            } catch (DateTimeException wrong) {
                throw new RecordFormatException("field '" + column.name() + "': " + wrong.getMessage(), column.name());
            }
            lastTimestampText = text;
        }
        return lastTimestamp;
    }

    private long parseLong(String text) throws RecordFormatException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw mismatch("'" + text + "'");
        }
    }

    private double parseDouble(String text) throws RecordFormatException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw mismatch("'" + text + "'");
        }
    }

    private boolean parseBoolean(String text) throws RecordFormatException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mismatch("'" + text + "'");
        };
    }
}
