package io.strandline.engine.connector.record;

/** A line that is no record of the schema; says what was found and what would be right. */
public final class RecordFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;

    RecordFormatException(String detail) {
        super(detail);
        this.detail = detail;
    }

    /** What was found and what would be right. */
    public String detail() {
        return detail;
    }
}
