package io.strandline.state.run;

import io.strandline.snapshot.Run;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Random reads through a state's list of runs. Look-ups may run beside {@link #show}. */
public interface RunView extends Closeable {

    /**
     * Shows another list from now on.
     *
     * @param oldestFirst runs that are live in the store
     */
    void show(List<Run> oldestFirst) throws IOException;

    /** Looks up every key of the batch that is not settled. */
    void lookup(LookupBatch batch) throws IOException;
}
