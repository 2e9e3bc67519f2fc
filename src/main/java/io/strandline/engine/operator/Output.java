package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;

/** Where an operator's rows go. Never refuses; the subtask takes no further input until there is room downstream. */
@FunctionalInterface
public interface Output {

    /**
     * Passes rows on; the batch belongs to the caller again on return.
     *
     * @param output 0 for the main output, {@code n} for the {@code n}th of {@link OperatorFactory#outputs()}
     */
    void emit(int output, Batch batch);

    /** Passes rows on by the main output; the batch belongs to the caller again on return. */
    default void emit(Batch batch) {
        emit(0, batch);
    }
}
