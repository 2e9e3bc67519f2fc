package io.strandline.snapshot;

/** The type of one column of a key or value; what is fixed-width takes one 64-bit word. */
public enum ColumnType {
    LONG(true),
    DOUBLE(true),
    /** 0 or 1. */
    BOOLEAN(true),
    /** Milliseconds since the epoch, UTC. */
    TIMESTAMP(true),
    /** Milliseconds. */
    DURATION(true),
    /** UTF-8. */
    STRING(false),
    /** Bytes as they are. */
    BYTES(false);

    private final boolean fixedWidth;

    ColumnType(boolean fixedWidth) {
        this.fixedWidth = fixedWidth;
    }

    /** Whether a value is exactly one 64-bit word (doubles as raw bits). */
    public boolean fixedWidth() {
        return fixedWidth;
    }
}
