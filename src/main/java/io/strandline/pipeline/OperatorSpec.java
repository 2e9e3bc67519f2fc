package io.strandline.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A step between sources and sinks. Its name is its identity: renaming one drops its state. */
public sealed interface OperatorSpec {

    /** Unique among sources, operators and sinks. */
    String name();

    /** The streams it reads: names of sources and operators, or {@code operator.output} for a side output. */
    List<String> inputs();

    /** Where each of them is written in the operator's object. */
    List<String> inputPlaces();

    /** How many expressions it has. */
    default int expressions() {
        return 0;
    }

    /** What becomes of rows it has no value for; null when the first one fails the job. */
    default @Nullable DeadLetters deadLetters() {
        return null;
    }

    /** A name and the expression that yields its value. */
    record NamedExpression(String name, String expression) {}

    /** Those that read one stream. */
    sealed interface OfOneInput extends OperatorSpec {

        /** The stream it reads. */
        String input();

        @Override
        default List<String> inputs() {
            return List.of(input());
        }

        @Override
        default List<String> inputPlaces() {
            return List.of("/input");
        }
    }

    /** Passes on the rows for which the expression is true. */
    record Filter(
            String name,
            String input,
            String where,
            @Nullable DeadLetters deadLetters) implements OfOneInput {

        @Override
        public int expressions() {
            return 1;
        }
    }

    /** Makes a row of new columns out of each row. */
    record Mapping(
            String name,
            String input,
            List<NamedExpression> columns,
            @Nullable DeadLetters deadLetters) implements OfOneInput {

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
    record Aggregation(
            String name,
            String input,
            List<String> keyBy,
            List<NamedExpression> aggregates,
            Emit emit,
            @Nullable DeadLetters deadLetters)
            implements OfOneInput {

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
     * Aggregates per key and window of event time, kept in the state {@code panes}.
     *
     * @param allowedLateness how long after its end a window still takes rows
     */
    record Window(
            String name,
            String input,
            List<String> keyBy,
            Shape shape,
            Duration allowedLateness,
            List<NamedExpression> aggregates,
            @Nullable DeadLetters deadLetters)
            implements OfOneInput {

        public Window {
            keyBy = List.copyOf(keyBy);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public int expressions() {
            return aggregates.size();
        }
    }

    /** Passes on the first row of each key, and the next one after {@code ttl}; what was passed is the state {@code seen}. */
    record Deduplicate(
            String name,
            String input,
            List<String> keyBy,
            @Nullable Duration ttl) implements OfOneInput {

        public Deduplicate {
            keyBy = List.copyOf(keyBy);
        }
    }

    /** Passes on the rows of several streams. */
    record Union(String name, List<String> inputs) implements OperatorSpec {

        public Union {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<String> inputPlaces() {
            return IntStream.range(0, inputs.size())
                    .mapToObj(i -> "/inputs/" + i)
                    .toList();
        }
    }

    /**
     * Joins rows of two streams that have equal keys and times near each other, kept in the states {@code left} and
     * {@code right}.
     *
     * @param lower how much later than the left row the right one is at least; may be negative
     * @param upper how much later it is at most
     * @param columns references such as {@code left.origin}; empty for all columns of both
     */
    record Join(String name, Side left, Side right, Duration lower, Duration upper, List<NamedExpression> columns)
            implements OperatorSpec {

        public Join {
            columns = List.copyOf(columns);
        }

        @Override
        public List<String> inputs() {
            return List.of(left.input(), right.input());
        }

        @Override
        public List<String> inputPlaces() {
            return List.of("/left/input", "/right/input");
        }
    }

    /** One side of a join: the stream it reads, and the columns whose values have to be equal. */
    record Side(String input, List<String> keyBy) {

        public Side {
            keyBy = List.copyOf(keyBy);
        }
    }

    /**
     * What a class out of a plug-in jar does with each row.
     *
     * @param keyBy columns of the input; empty for a stream without keys
     * @param type the class
     * @param config what it is told, in the document's order
     * @param jar digest of the jar that the class has to come from; null for the one jar that has it
     */
    record Process(
            String name,
            String input,
            List<String> keyBy,
            String type,
            Map<String, Object> config,
            @Nullable String jar)
            implements OfOneInput {

        public Process {
            keyBy = List.copyOf(keyBy);
        }

        /** The same, bound to a jar. */
        public Process of(String digest) {
            return new Process(name, input, keyBy, type, config, digest);
        }
    }

    /** Which rows of a key a window holds. */
    sealed interface Shape {

        /** Windows of one size, side by side, beginning at multiples of it since 1970-01-01T00:00:00Z. */
        record Tumbling(Duration size) implements Shape {}

        /** Windows of one size, each beginning {@code slide} after the one before, at multiples of it. */
        record Sliding(Duration size, Duration slide) implements Shape {}

        /** Rows of which each comes less than {@code gap} after another. */
        record Session(Duration gap) implements Shape {}
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
