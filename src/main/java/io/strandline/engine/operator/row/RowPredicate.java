package io.strandline.engine.operator.row;

import io.strandline.engine.element.Batch;

/** Chooses rows of a batch. Used by one thread. */
@FunctionalInterface
public interface RowPredicate {

    /**
     * Writes the indexes of the chosen rows, ascending.
     *
     * @return how many
     */
    int select(Batch batch, int[] selected);
}
