package io.strandline.pipeline;

import io.strandline.expression.CompiledExpression;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node of a checked pipeline: its specification, what it was resolved to, and the rows it yields. */
public sealed interface CheckedNode {

    /** The node's name. */
    String name();

    /** The streams it reads; none for a source. */
    List<Input> inputs();

    /** What becomes of records and rows it cannot process; null when the first one fails the job. */
    default @Nullable DeadLetters deadLetters() {
        if (this instanceof Source source) {
            return source.spec().deadLetters();
        }
        if (this instanceof Filter filter) {
            return filter.spec().deadLetters();
        }
        if (this instanceof Mapping mapping) {
            return mapping.spec().deadLetters();
        }
        if (this instanceof Aggregation aggregation) {
            return aggregation.spec().deadLetters();
        }
        return this instanceof Window window ? window.spec().deadLetters() : null;
    }

    /** The rows it yields; for a sink, the rows it takes. */
    RowSchema schema();

    /** The streams it yields beside its main one. */
    default List<SideOutput> sideOutputs() {
        return List.of();
    }

    /**
     * A stream that a node reads.
     *
     * @param node the node that yields it
     * @param output 0 for its main stream, n for the n-th of its side outputs
     * @param reference as the document writes it
     */
    record Input(String node, int output, String reference) {}

    /** A stream beside the main one, read as {@code node.name}. */
    record SideOutput(String name, RowSchema schema) {}

    /** A source. */
    record Source(SourceSpec spec) implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<Input> inputs() {
            return List.of();
        }

        @Override
        public RowSchema schema() {
            return spec.schema();
        }
    }

    /** A filter and its boolean expression over the input's rows. */
    record Filter(OperatorSpec.Filter spec, List<Input> inputs, CompiledExpression where, RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /** A map and its expressions over the input's rows, in the order of the output columns. */
    record Mapping(OperatorSpec.Mapping spec, List<Input> inputs, List<CompiledExpression> columns, RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /**
     * A running aggregate.
     *
     * @param keyColumns indexes of the key columns in the input's rows
     * @param schema key columns, then aggregates
     */
    record Aggregation(
            OperatorSpec.Aggregation spec,
            List<Input> inputs,
            List<Integer> keyColumns,
            List<Aggregate> aggregates,
            RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /**
     * A window.
     *
     * @param keyColumns indexes of the key columns in the input's rows
     * @param schema key columns, then {@code window_start} and {@code window_end}, then aggregates
     * @param sideOutputs the rows that came too late
     */
    record Window(
            OperatorSpec.Window spec,
            List<Input> inputs,
            List<Integer> keyColumns,
            List<Aggregate> aggregates,
            RowSchema schema,
            List<SideOutput> sideOutputs)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /**
     * A deduplication.
     *
     * @param keyColumns indexes of the key columns in the input's rows
     * @param eventTime whether rows have event time, so that their keys are forgotten by it
     */
    record Deduplicate(
            OperatorSpec.Deduplicate spec,
            List<Input> inputs,
            List<Integer> keyColumns,
            boolean eventTime,
            RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /** A union of streams with the same rows. */
    record Union(OperatorSpec.Union spec, List<Input> inputs, RowSchema schema) implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /**
     * A join.
     *
     * @param keyColumns of each side, indexes of the key columns in its rows
     * @param columns where each output column comes from
     * @param sideOutputs the rows of each side that came too late
     */
    record Join(
            OperatorSpec.Join spec,
            List<Input> inputs,
            List<List<Integer>> keyColumns,
            List<JoinColumn> columns,
            RowSchema schema,
            List<SideOutput> sideOutputs)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /**
     * A class out of a plug-in jar.
     *
     * @param spec bound to the jar
     * @param keyColumns indexes in the input; empty for a stream without keys
     * @param states names of what it keeps
     */
    record Process(
            OperatorSpec.Process spec,
            List<Input> inputs,
            List<Integer> keyColumns,
            RowSchema schema,
            List<SideOutput> sideOutputs,
            List<String> states)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /** A sink. */
    record Sink(SinkSpec spec, List<Input> inputs, RowSchema schema) implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }
    }

    /** A joined row's column: the side, 0 for left, and the column's index in its rows. */
    record JoinColumn(String name, int side, int index) {}

    /**
     * One aggregate.
     *
     * @param name of the output column
     * @param argument over the input's rows; null for {@code count()}
     * @param type of the output column
     */
    record Aggregate(
            String name, Function function, @Nullable CompiledExpression argument, ValueType type) {

        /** What is computed over the argument's values. */
        public enum Function {
            COUNT,
            SUM,
            MIN,
            MAX,
            AVG,
            VAR_POP,
            VAR_SAMP,
            STDDEV_POP,
            STDDEV_SAMP,
            FIRST,
            LAST,
            APPROX_COUNT_DISTINCT;

            /** The name in documents. */
            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }

            /** What its argument may be. */
            public Set<ValueType> takes() {
                return switch (this) {
                    case COUNT -> EnumSet.noneOf(ValueType.class);
                    case SUM -> EnumSet.of(ValueType.LONG, ValueType.DOUBLE, ValueType.DURATION);
                    case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                        EnumSet.of(ValueType.LONG, ValueType.DOUBLE);
                    case MIN, MAX, FIRST, LAST, APPROX_COUNT_DISTINCT -> EnumSet.allOf(ValueType.class);
                };
            }

            /** What it yields over values of a type. */
            public ValueType yields(ValueType argument) {
                return switch (this) {
                    case COUNT, APPROX_COUNT_DISTINCT -> ValueType.LONG;
                    case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> ValueType.DOUBLE;
                    case SUM, MIN, MAX, FIRST, LAST -> argument;
                };
            }

            /** Whether it goes by event time. */
            public boolean byTime() {
                return this == FIRST || this == LAST;
            }
        }
    }
}
