package io.strandline.runner;

import java.util.List;

/** Where a sink writes on one start instead of where its pipeline says. */
public sealed interface SinkRoute {

    /** Nowhere: rows are dropped. */
    record Nowhere() implements SinkRoute {}

    /**
     * Files go to another directory, under the first files root.
     *
     * @param earlier directories they went to before, where what the branch has shown may have to be taken or brought back
     */
    record ToPath(String path, List<String> earlier) implements SinkRoute {

        public ToPath {
            earlier = List.copyOf(earlier);
        }
    }

    /** Rows go to another table of the same database. */
    record ToTable(String table) implements SinkRoute {}
}
