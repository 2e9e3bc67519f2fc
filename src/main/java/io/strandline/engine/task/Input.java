package io.strandline.engine.task;

import io.strandline.engine.channel.InFlight;
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

    /** When it has to be polled again although nothing rings; {@code Long.MAX_VALUE} for never. */
    long dueNanos(long nowNanos);

    /** Which of the head's inputs the batch that was polled last belongs to. */
    int input();

    void release(Batch batch);

    /** Attempts up to {@code number} are over. */
    void abort(long number);

    /** When the barrier that was polled or has overtaken last first showed. */
    long firstSeen(Barrier barrier);

    /** About how many bytes of rows were polled between the first barrier and the last. */
    long alignedBytes();

    /** A barrier that is out of patience and has not been polled yet. */
    @Nullable
    Barrier overtaking(long nowNanos);

    /** When {@link #overtaking} will have something to say; {@code Long.MAX_VALUE} for never. */
    long overtakesAt();

    /** Rows that were read and are not polled yet: they are before any barrier. */
    @Nullable
    Batch pending();

    /** Waits for a barrier no longer; what it overtakes is copied. */
    void overtake(Barrier barrier, long nowNanos, InFlight into);

    /** Copies what the barrier has overtaken since; whether that is all. */
    boolean collect(InFlight into);

    /** Where every split goes on; empty without splits. */
    List<SourcePosition> positions();

    /** Sends a barrier; only sources do. */
    void trigger(Barrier barrier, boolean pause);

    /** Reads on after a pause. */
    void resume();

    /** Ends as if every split had. */
    void drain();
}
