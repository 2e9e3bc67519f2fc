package io.strandline.engine.connector;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record that cannot be read as the schema says; names the split, the offset and the cause. */
public final class PoisonRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String split;
    private final long offset;
    private final String detail;
    private final @Nullable String record;

    /** A record of {@code split} that begins at {@code offset}, and nothing behind it can be read. */
    public PoisonRecordException(String split, long offset, String detail) {
        this(split, offset, detail, null);
    }

    /** @param record the text of the record, when the reader stands behind it now and may go on; else null */
    public PoisonRecordException(String split, long offset, String detail, @Nullable String record) {
        super("record at offset %d of %s: %s".formatted(offset, split, detail));
        this.split = split;
        this.offset = offset;
        this.detail = detail;
        this.record = record;
    }

    /** The split it lies in. */
    public String split() {
        return split;
    }

    /** Where it begins. */
    public long offset() {
        return offset;
    }

    /** Why it cannot be read. */
    public String detail() {
        return detail;
    }

    /** Its text, when the reader may go on behind it; else null. */
    public @Nullable String record() {
        return record;
    }
}
