package io.strandline.engine.connector;

import io.strandline.engine.element.Batch;
import java.io.Closeable;
import java.io.IOException;

/** Reads one split from where it stands. Used by one thread; must not wait for rows to come. */
public interface SplitReader extends Closeable {

    /**
     * Appends up to {@code max} rows to {@code into}, which has room for them.
     *
     * @throws PoisonRecordException for a record that cannot be read; rows before it are in {@code into}, and if it carries
     *     the record's text the next call goes on behind it
     */
    Availability read(Batch into, int max) throws IOException;

    /**
     * From here on {@code bell} is run, by any thread, when there may be rows again after {@link Availability#LATER}; whether
     * it will be. If not, the reader is asked again every few milliseconds.
     */
    default boolean ringing(Runnable bell) {
        return false;
    }

    /** Where a reader has to be opened to go on after the last row read. */
    long offset();

    /** What is to be expected of the next read. */
    enum Availability {
        /** There is more at once. */
        MORE,
        /** Nothing more now, ask again later. */
        LATER,
        /** The split has ended. */
        END
    }
}
