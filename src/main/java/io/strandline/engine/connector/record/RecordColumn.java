package io.strandline.engine.connector.record;

import io.strandline.snapshot.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A column a file source reads.
 *
 * @param name the JSON field or CSV header
 * @param type LONG, DOUBLE, BOOLEAN, STRING or TIMESTAMP
 * @param timestamp how a TIMESTAMP's text is read; null for other types
 */
public record RecordColumn(
        String name, ColumnType type, @Nullable TimestampParser timestamp) {

    public RecordColumn {
        if ((type == ColumnType.TIMESTAMP) != (timestamp != null)) {
            throw new IllegalArgumentException(
                    "column " + name + " is " + type + " with timestamp parser " + timestamp);
        }
        if (type == ColumnType.DURATION) {
            throw new IllegalArgumentException("column " + name + ": a file has no durations");
        }
    }

    /** Reads a timestamp's text. Shared by all subtasks. */
    @FunctionalInterface
    public interface TimestampParser {

        /**
         * Epoch milliseconds.
         *
         * @throws java.time.DateTimeException when the text does not fit the pattern
         */
        long parse(String text);
    }
}
