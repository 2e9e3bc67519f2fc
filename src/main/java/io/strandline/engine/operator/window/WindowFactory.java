package io.strandline.engine.operator.window;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.SideOutput;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.AggregateLayout;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes operators that aggregate per key and window of event time, kept in the state {@code panes}; they emit key columns, then
 * {@code window_start} and {@code window_end}, then aggregates, when the watermark reaches a window's end and again for each
 * row that comes at most {@code allowedLateness} later. Rows that come later still go to the side output {@code late}.
 *
 * @param keys indexes of the key columns in {@code input}
 */
public record WindowFactory(
        RowType input, List<Integer> keys, List<Aggregate> aggregates, WindowShape shape, Duration allowedLateness)
        implements OperatorFactory {

    public WindowFactory {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
        if (allowedLateness.isNegative()) {
            throw new IllegalArgumentException(shape + " with lateness " + allowedLateness);
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

    @Override
    public List<SideOutput> outputs() {
        return List.of(new SideOutput("late", input));
    }

    /**
     * The aggregates and, behind them, what the windows have to know of a pane. The names tell the shape: panes of another
     * one are no use.
     */
    AggregateLayout layout() {
        List<Aggregate> all = new ArrayList<>(aggregates);
        if (shape instanceof WindowShape.Session session) {
            all.add(Aggregate.ofTimes("~first, gap " + session.gap(), Aggregate.Function.MIN));
            all.add(Aggregate.ofTimes("~last, gap " + session.gap(), Aggregate.Function.MAX));
        } else if (shape instanceof WindowShape.Sliding sliding) {
            all.add(Aggregate.count("~rows, " + sliding.size() + " each " + sliding.slide()));
        }
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
        return new WindowOperator(context -> shape instanceof WindowShape.Session session
                ? new SessionWindows(this, session, context)
                : new SlidingWindows(this, (WindowShape.Sliding) shape, context));
    }
}
