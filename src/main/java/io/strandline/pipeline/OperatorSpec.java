package io.strandline.pipeline;

import java.time.Duration;
import java.util.List;

/** A step between sources and sinks. Its name is its identity: renaming one drops its state. */
public sealed interface OperatorSpec {

    /** Unique among sources, operators and sinks. */
    String name();

    /** The source or operator whose rows it reads. */
    String input();

    /** How many expressions it has. */
    int expressions();

    /** A name and the expression that yields its value. */
    record NamedExpression(String name, String expression) {}

    /** Passes on the rows for which the expression is true. */
    record Filter(String name, String input, String where) implements OperatorSpec {

        @Override
        public int expressions() {
            return 1;
        }
    }

    /** Makes a row of new columns out of each row. */
    record Mapping(String name, String input, List<NamedExpression> columns) implements OperatorSpec {

        public Mapping {
            columns = List.copyOf(columns);
        }

        @Override
        public int expressions() {
            return columns.size();
        }
    }

    /**
     * Running aggregates per key, kept in the state {@code aggregates}.
     *
     * @param keyBy columns of the input
     * @param aggregates calls such as {@code sum(delay)}
     */
    record Aggregation(String name, String input, List<String> keyBy, List<NamedExpression> aggregates, Emit emit)
            implements OperatorSpec {

        public Aggregation {
            keyBy = List.copyOf(keyBy);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public int expressions() {
            return aggregates.size();
        }
    }

    /**
     * Aggregates per key and tumbling window of event time, kept in the state {@code panes}.
     *
     * @param size length of a window; windows begin at multiples of it since 1970-01-01T00:00:00Z
     * @param allowedLateness how long after its end a window still takes rows
     */
    record Window(
            String name,
            String input,
            List<String> keyBy,
            Duration size,
            Duration allowedLateness,
            List<NamedExpression> aggregates)
            implements OperatorSpec {

        public Window {
            keyBy = List.copyOf(keyBy);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public int expressions() {
            return aggregates.size();
        }
    }

    /** When a running aggregate passes rows on. */
    sealed interface Emit {

        /** A row per update. */
        record Changes() implements Emit {}

        /** The rows of the keys that changed, once per interval. */
        record Every(Duration interval) implements Emit {}

        /** Nothing: the aggregate is read from its state only. */
        record None() implements Emit {}
    }
}
