package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.StateSchema;
import java.util.ArrayList;
import java.util.List;

/** Makes operators that keep running aggregates per key. */
public record KeyedAggregateFactory(RowType input, List<Integer> keys, List<Aggregate> aggregates, Emission emission)
        implements OperatorFactory {

    public KeyedAggregateFactory {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    @Override
    public RowType output() {
        List<Column> columns = new ArrayList<>(input.columns(keys));
        aggregates.forEach(aggregate -> columns.add(aggregate.output()));
        return new RowType(columns);
    }

    AggregateLayout layout() {
        return new AggregateLayout(aggregates);
    }

    StateSchema schema() {
        return new StateSchema("aggregates", StateSchema.Form.KEYED, input.columns(keys), false, layout().value());
    }

    @Override
    public List<StateSchema> states() {
        return List.of(schema());
    }

    @Override
    public Operator create() {
        return new KeyedAggregate(this);
    }
}
