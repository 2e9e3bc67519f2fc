package io.strandline.engine.connector;

import io.strandline.engine.element.Batch;
import java.io.Closeable;
import java.io.IOException;

/** Reads one split from where it stands. Used by one thread; must not wait for rows to come. */
public interface SplitReader extends Closeable {

    /** Appends up to {@code max} rows to {@code into}, which has room for them. */
    Availability read(Batch into, int max) throws IOException;

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
