package io.strandline.pipeline;

import io.strandline.expression.CompiledExpression;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A node of a checked pipeline: its specification, what it was resolved to, and the rows it yields. */
public sealed interface CheckedNode {

    /** The node's name. */
    String name();

    /** Names of the nodes it reads; empty for a source. */
    List<String> inputs();

    /** The rows it yields; for a sink, the rows it takes. */
    RowSchema schema();

    /** A source. */
    record Source(SourceSpec spec) implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public RowSchema schema() {
            return spec.schema();
        }
    }

    /** A filter and its boolean expression over the input's rows. */
    record Filter(OperatorSpec.Filter spec, CompiledExpression where, RowSchema schema) implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<String> inputs() {
            return List.of(spec.input());
        }
    }

    /** A map and its expressions over the input's rows, in the order of the output columns. */
    record Mapping(OperatorSpec.Mapping spec, List<CompiledExpression> columns, RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<String> inputs() {
            return List.of(spec.input());
        }
    }

    /**
     * A running aggregate.
     *
     * @param keyColumns indexes of the key columns in the input's rows
     * @param schema key columns, then aggregates
     */
    record Aggregation(
            OperatorSpec.Aggregation spec, List<Integer> keyColumns, List<Aggregate> aggregates, RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<String> inputs() {
            return List.of(spec.input());
        }
    }

    /**
     * A tumbling window.
     *
     * @param keyColumns indexes of the key columns in the input's rows
     * @param schema key columns, then {@code window_start} and {@code window_end}, then aggregates
     */
    record Window(OperatorSpec.Window spec, List<Integer> keyColumns, List<Aggregate> aggregates, RowSchema schema)
            implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<String> inputs() {
            return List.of(spec.input());
        }
    }

    /** A sink. */
    record Sink(SinkSpec spec, RowSchema schema) implements CheckedNode {

        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<String> inputs() {
            return List.of(spec.input());
        }
    }

    /**
     * One aggregate.
     *
     * @param name of the output column
     * @param argument long or double, over the input's rows; null for {@code count()}
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
            AVG;

            /** The name in documents. */
            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
