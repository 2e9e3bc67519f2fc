package io.strandline.runner;

/** Where a sink writes on one start instead of where its pipeline says. */
public sealed interface SinkRoute {

    /** Nowhere: rows are dropped. */
    record Nowhere() implements SinkRoute {}

    /** Files go to another directory, under the first files root. */
    record ToPath(String path) implements SinkRoute {}

    /** Rows go to another table of the same database. */
    record ToTable(String table) implements SinkRoute {}
}
