package io.strandline.engine.task;

import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Element;
import io.strandline.snapshot.SourcePosition;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a subtask's elements come from. Used by its worker only. */
interface Input extends Closeable {

    void open(long nowNanos) throws IOException;

    /** The next element, null when there is none now. A batch is released before the next call. */
    @Nullable
    Element poll(long nowNanos) throws IOException;

    /** Which of the head's inputs the batch that was polled last belongs to. */
    int input();

    void release(Batch batch);

    /** Attempts up to {@code number} are over. */
    void abort(long number);

    /** When the barrier that was polled last first showed. */
    long firstSeen(Barrier barrier);

    /** Where every split goes on; empty without splits. */
    List<SourcePosition> positions();

    /** Sends a barrier; only sources do. */
    void trigger(Barrier barrier, boolean pause);

    /** Reads on after a pause. */
    void resume();

    /** Ends as if every split had. */
    void drain();
}
