package io.strandline.state;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long an entry of a keyed state lives: from its last write, or from its last use, until it counts as absent. When that was is
 * kept with the entry, so that it holds across restores.
 *
 * @param duration at least a millisecond
 * @param refresh what lets an entry live on
 * @param now what time it is, in milliseconds: wall clock or event time, never going back by itself; asked by any thread
 */
public record TimeToLive(Duration duration, Refresh refresh, LongSupplier now) {

    private static final String TOUCHED = "touched~";

    public TimeToLive {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("an entry has to live for at least a millisecond, not " + duration);
        }
    }

    /** A state's shape with the column that says when an entry was touched; versions have it, operators do not see it. */
    public static StateSchema schema(StateSchema declared) {
        List<Column> value = new ArrayList<>(declared.value());
        value.add(new Column(TOUCHED, ColumnType.TIMESTAMP));
        return new StateSchema(declared.name(), declared.form(), declared.key(), declared.namespaced(), value);
    }

    /** Whether an entry last written or used at {@code touched} is absent now. */
    public boolean isOver(long touched) {
        return now.getAsLong() - touched >= duration.toMillis();
    }

    /** What lets an entry live on. */
    public enum Refresh {
        /** Being created or updated. */
        WRITES,
        /** That, and being found. */
        READS_AND_WRITES
    }
}
