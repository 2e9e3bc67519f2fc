package io.strandline.engine.graph;

import java.util.List;

/** How rows are shared out over the subtasks of an edge's end. */
public sealed interface Exchange {

    /** Each subtask to the one of the same index; both ends have the same parallelism. */
    record Forward() implements Exchange {}

    /** Every row to every subtask. */
    record Broadcast() implements Exchange {}

    /**
     * By the key group of the key.
     *
     * @param columns indexes of the key columns
     */
    record Keyed(List<Integer> columns) implements Exchange {

        public Keyed {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a keyed exchange needs a key column");
            }
        }
    }
}
