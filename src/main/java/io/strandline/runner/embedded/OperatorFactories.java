package io.strandline.runner.embedded;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.ColumnFunction;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.engine.operator.aggregate.KeyedAggregateFactory;
import io.strandline.engine.operator.match.DeduplicateFactory;
import io.strandline.engine.operator.match.IntervalJoinFactory;
import io.strandline.engine.operator.match.JoinColumn;
import io.strandline.engine.operator.match.JoinSide;
import io.strandline.engine.operator.row.CheckingFactory;
import io.strandline.engine.operator.row.ComputedColumn;
import io.strandline.engine.operator.row.FilterFactory;
import io.strandline.engine.operator.row.LenientFactory;
import io.strandline.engine.operator.row.MapFactory;
import io.strandline.engine.operator.row.UnionFactory;
import io.strandline.engine.operator.window.WindowFactory;
import io.strandline.engine.operator.window.WindowShape;
import io.strandline.expression.CompiledExpression;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.OperatorSpec.Emit;
import io.strandline.pipeline.OperatorSpec.Shape;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** A pipeline's operators as the engine's. */
final class OperatorFactories {

    private OperatorFactories() {}

    /** The factory of an operator that reads rows of {@code inputs}. */
    static OperatorFactory of(CheckedNode node, List<RowType> inputs) {
        if (node instanceof CheckedNode.Union) {
            return new UnionFactory(inputs.get(0), inputs.size());
        }
        return node instanceof CheckedNode.Join join ? join(join, inputs) : of(node, inputs.get(0));
    }

    /** The operator as it is, unless rows that it has no value for become dead letters. */
    private static OperatorFactory lenient(CheckedNode node, OperatorFactory strict, RowType input) {
        DeadLetters letters = node.deadLetters();
        return letters == null
                ? strict
                : new LenientFactory(
                        strict, input, node.name(), new io.strandline.engine.connector.DeadLetters(letters.max()));
    }

    /** The same for one that changes its state while it computes the arguments of aggregates. */
    private static OperatorFactory lenient(
            CheckedNode node, OperatorFactory strict, List<CheckedNode.Aggregate> aggregates, RowType input) {
        if (node.deadLetters() == null) {
            return strict;
        }
        List<Supplier<ColumnFunction>> arguments = aggregates.stream()
                .map(CheckedNode.Aggregate::argument)
                .filter(Objects::nonNull)
                .map(KernelFunctions::column)
                .toList();
        return lenient(node, new CheckingFactory(strict, arguments), input);
    }

    private static OperatorFactory of(CheckedNode node, RowType input) {
        if (node instanceof CheckedNode.Filter filter) {
            return lenient(node, new FilterFactory(input, KernelFunctions.predicate(filter.where())), input);
        }
        if (node instanceof CheckedNode.Mapping mapping) {
            return lenient(node, new MapFactory(columns(mapping)), input);
        }
        if (node instanceof CheckedNode.Aggregation aggregation) {
            OperatorFactory strict = new KeyedAggregateFactory(
                    input,
                    aggregation.keyColumns(),
                    aggregates(aggregation.aggregates()),
                    emission(aggregation.spec().emit()));
            return lenient(node, strict, aggregation.aggregates(), input);
        }
        if (node instanceof CheckedNode.Window window) {
            OperatorFactory strict = new WindowFactory(
                    input,
                    window.keyColumns(),
                    aggregates(window.aggregates()),
                    shape(window.spec().shape()),
                    window.spec().allowedLateness());
            return lenient(node, strict, window.aggregates(), input);
        }
        if (node instanceof CheckedNode.Deduplicate deduplicate) {
            return new DeduplicateFactory(
                    input, deduplicate.keyColumns(), deduplicate.spec().ttl(), deduplicate.eventTime());
        }
        throw new IllegalArgumentException("not an operator: " + node);
    }

    private static WindowShape shape(Shape shape) {
        if (shape instanceof Shape.Sliding sliding) {
            return new WindowShape.Sliding(sliding.size(), sliding.slide());
        }
        return shape instanceof Shape.Session session
                ? new WindowShape.Session(session.gap())
                : WindowShape.tumbling(((Shape.Tumbling) shape).size());
    }

    private static OperatorFactory join(CheckedNode.Join join, List<RowType> inputs) {
        return new IntervalJoinFactory(
                new JoinSide(inputs.get(0), join.keyColumns().get(0)),
                new JoinSide(inputs.get(1), join.keyColumns().get(1)),
                join.spec().lower(),
                join.spec().upper(),
                join.columns().stream()
                        .map(column -> new JoinColumn(column.name(), column.side(), column.index()))
                        .toList());
    }

    private static List<ComputedColumn> columns(CheckedNode.Mapping mapping) {
        List<ComputedColumn> columns = new ArrayList<>();
        for (int i = 0; i < mapping.columns().size(); i++) {
            CompiledExpression expression = mapping.columns().get(i);
            Column column = new Column(mapping.schema().columns().get(i).name(), type(expression));
            columns.add(new ComputedColumn(column, KernelFunctions.column(expression)));
        }
        return columns;
    }

    private static List<Aggregate> aggregates(List<CheckedNode.Aggregate> aggregates) {
        return aggregates.stream().map(OperatorFactories::aggregate).toList();
    }

    private static Aggregate aggregate(CheckedNode.Aggregate aggregate) {
        CompiledExpression argument = aggregate.argument();
        return argument == null
                ? Aggregate.count(aggregate.name())
                : new Aggregate(
                        aggregate.name(),
                        Aggregate.Function.valueOf(aggregate.function().name()),
                        type(argument),
                        KernelFunctions.column(argument));
    }

    private static ColumnType type(CompiledExpression expression) {
        return ColumnType.valueOf(expression.type().name());
    }

    private static Emission emission(Emit emit) {
        if (emit instanceof Emit.Every every) {
            return new Emission.Every(every.interval());
        }
        return emit instanceof Emit.None ? new Emission.None() : new Emission.Changes();
    }
}
