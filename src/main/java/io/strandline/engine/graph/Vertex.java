package io.strandline.engine.graph;

import io.strandline.engine.connector.DeadLetters;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.Source;
import io.strandline.engine.operator.OperatorFactory;
import org.jspecify.annotations.Nullable;

/** One source, operator or sink. Its name is its identity across versions. */
public sealed interface Vertex {

    /** Unique in its graph. */
    String name();

    /** Number of subtasks. */
    int parallelism();

    /**
     * Where rows come from.
     *
     * @param eventTime null when rows have no event time
     * @param rate records a second over all subtasks; null for as fast as possible
     * @param deadLetters lets records that cannot be read go by its output 1; null when the first one fails the job
     */
    record SourceVertex(
            String name,
            int parallelism,
            Source source,
            @Nullable EventTime eventTime,
            @Nullable Long rate,
            @Nullable DeadLetters deadLetters)
            implements Vertex {

        /** A source that fails on the first record that cannot be read. */
        public SourceVertex(
                String name, int parallelism, Source source, @Nullable EventTime eventTime, @Nullable Long rate) {
            this(name, parallelism, source, eventTime, rate, null);
        }
    }

    /** What is done with rows. */
    record OperatorVertex(String name, int parallelism, OperatorFactory factory) implements Vertex {}

    /** Where rows go; the sink serves one start of the graph. */
    record SinkVertex(String name, int parallelism, Sink sink) implements Vertex {}
}
