package io.strandline.engine.operator.window;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.AggregateLayout;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes operators that aggregate per key and tumbling window. */
public record TumblingWindowFactory(
        RowType input, List<Integer> keys, List<Aggregate> aggregates, Duration size, Duration allowedLateness)
        implements OperatorFactory {

    public TumblingWindowFactory {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
        if (size.toMillis() <= 0 || allowedLateness.isNegative()) {
            throw new IllegalArgumentException("window of " + size + " with lateness " + allowedLateness);
        }
    }

    @Override
    public RowType output() {
        List<Column> columns = new ArrayList<>(input.columns(keys));
        columns.add(new Column("window_start", ColumnType.TIMESTAMP));
        columns.add(new Column("window_end", ColumnType.TIMESTAMP));
        aggregates.forEach(aggregate -> columns.add(aggregate.output()));
        return new RowType(columns);
    }

    /** The aggregates and, behind them, the number of rows: its first tells that a pane is new. */
    AggregateLayout layout() {
        List<Aggregate> all = new ArrayList<>(aggregates);
        all.add(Aggregate.count("~rows"));
        return new AggregateLayout(all);
    }

    StateSchema panes() {
        return new StateSchema("panes", StateSchema.Form.KEYED, input.columns(keys), true, layout().value());
    }

    StateSchema timers() {
        return new StateSchema("timers", StateSchema.Form.TIMERS, input.columns(keys), true, List.of());
    }

    @Override
    public List<StateSchema> states() {
        return List.of(panes(), timers());
    }

    @Override
    public Operator create() {
        return new TumblingWindow(this);
    }
}
