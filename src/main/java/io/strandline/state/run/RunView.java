package io.strandline.state.run;

import io.strandline.snapshot.Run;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Random reads through a state's list of runs. Look-ups may run beside {@link #show}. */
public interface RunView extends Closeable {

    /**
     * Shows another list from now on.
     *
     * @param oldestFirst runs that are live in the store
     */
    void show(List<Run> oldestFirst) throws IOException;

    /** Hands on every stored key with a value that begins so, in order; each is valid until the next. */
    void visit(ByteBuffer prefix, Consumer<ByteBuffer> found) throws IOException;

    /** Looks up every key of the batch that is not settled. */
    void lookup(LookupBatch batch) throws IOException;
}
