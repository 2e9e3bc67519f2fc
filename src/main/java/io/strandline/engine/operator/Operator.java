package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;

/**
 * One operator in one subtask. Used by one thread, never blocks, and owns the batches it emits: whoever receives one reads it
 * during the call only.
 *
 * <p>Work that could take long comes in slices: {@link #advance} and {@link #flush} are called again until they return true,
 * and no rows come in between. A snapshot may be taken between two slices of {@link #advance}, after a {@link #flush} there:
 * what is yet to be done has to follow from keyed state and timers, and from the watermark coming again.
 */
public interface Operator {

    /** Called once, before anything else; state is declared here. */
    void open(OperatorContext context);

    /** Takes a batch of rows of the only input. */
    void process(Batch batch, Output output);

    /** Takes a batch of rows of one of several inputs, numbered from 0; event time is the least of all of them. */
    default void process(int input, Batch batch, Output output) {
        process(batch, output);
    }

    /**
     * Event time has reached {@code watermark}; it never goes back.
     *
     * @return whether all is done
     */
    default boolean advance(long watermark, Output output) {
        return true;
    }

    /**
     * Emits what is held back, so that a snapshot taken now needs only the keyed state.
     *
     * @return whether all is done
     */
    default boolean flush(Output output) {
        return true;
    }

    /** Processing time has passed; called between batches now and then, and at the latest when it is {@link #tickDue}. */
    default void tick(long nowNanos, Output output) {}

    /**
     * When it wants a {@link #tick} at the latest, on the same monotonic clock; {@code Long.MAX_VALUE} for never,
     * {@code Long.MIN_VALUE} for as soon as possible. A job that wants none sleeps while there are no rows.
     */
    default long tickDue() {
        return Long.MAX_VALUE;
    }
}
