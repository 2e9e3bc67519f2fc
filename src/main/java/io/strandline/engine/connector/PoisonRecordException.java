package io.strandline.engine.connector;

import java.io.IOException;

/** A record that cannot be read as the schema says; names the split, the offset and the cause. */
public final class PoisonRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String split;
    private final long offset;

    /** A record of {@code split} that begins at {@code offset}. */
    public PoisonRecordException(String split, long offset, String detail) {
        super("record at offset %d of %s: %s".formatted(offset, split, detail));
        this.split = split;
        this.offset = offset;
    }

    /** The split it lies in. */
    public String split() {
        return split;
    }

    /** Where it begins. */
    public long offset() {
        return offset;
    }
}
