package io.strandline.engine.connector;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Lets records that cannot be processed go by instead of failing the job, up to so many in one start over all subtasks. */
public final class DeadLetters {

    /** Whose record it was, where it came from (offset -1 behind the source), why it is here, and its text. */
    public static final RowType TYPE = new RowType(List.of(
            new Column("source", ColumnType.STRING),
            new Column("split", ColumnType.STRING),
            new Column("offset", ColumnType.LONG),
            new Column("cause", ColumnType.STRING),
            new Column("record", ColumnType.STRING)));

    private final long max;
    private final AtomicLong taken = new AtomicLong();

    /** @param max how many may go by */
    public DeadLetters(long max) {
        this.max = max;
    }

    /** Whether one more may go by. */
    public boolean admit() {
        return taken.incrementAndGet() <= max;
    }

    /** How many may go by. */
    public long max() {
        return max;
    }
}
