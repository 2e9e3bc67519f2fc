package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;

/**
 * One operator in one subtask. Used by one thread, never blocks, and owns the batches it emits: whoever receives one reads it
 * during the call only.
 *
 * <p>Work that could take long comes in slices: {@link #advance} and {@link #flush} are called again until they return true,
 * and nothing else is called in between.
 */
public interface Operator {

    /** Called once, before anything else; state is declared here. */
    void open(OperatorContext context);

    /** Takes a batch of rows. */
    void process(Batch batch, Output output);

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

    /** Processing time has passed; called between batches, at least every few milliseconds. */
    default void tick(long nowNanos, Output output) {}
}
