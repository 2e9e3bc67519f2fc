package io.strandline.engine.connector;

import io.strandline.engine.element.RowType;
import java.io.IOException;
import java.util.List;

/**
 * A replayable source of rows. Its splits are shared out over the subtasks (split {@code i} to subtask {@code i mod
 * parallelism}) and each is read again from any offset it once had.
 */
public interface Source {

    /** The rows it yields. */
    RowType type();

    /** All splits, in an order that does not change; a split's name is its identity across restarts. */
    List<String> splits();

    /** Goes on reading a split at {@code offset}; 0 is its beginning. */
    SplitReader open(String split, long offset) throws IOException;
}
