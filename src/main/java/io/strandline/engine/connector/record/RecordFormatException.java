package io.strandline.engine.connector.record;

import org.jspecify.annotations.Nullable;

/** A line that is no record of the schema; says what was found and what would be right. */
public final class RecordFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;
    private final @Nullable String field;

    RecordFormatException(String detail) {
        this(detail, null);
    }

    /** @param field the field concerned, null for the record as a whole */
    RecordFormatException(String detail, @Nullable String field) {
        super(detail);
        this.detail = detail;
        this.field = field;
    }

    /** The field concerned, null for the record as a whole. */
    public @Nullable String field() {
        return field;
    }

    /** What was found and what would be right. */
    public String detail() {
        return detail;
    }
}
