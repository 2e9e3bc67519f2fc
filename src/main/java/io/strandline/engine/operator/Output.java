package io.strandline.engine.operator;

import io.strandline.engine.element.Batch;

/** Where an operator's rows go. Never refuses; the subtask takes no further input until there is room downstream. */
@FunctionalInterface
public interface Output {

    /** Passes rows on; the batch belongs to the caller again on return. */
    void emit(Batch batch);
}
