package io.strandline.engine.operator.match;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.SideOutput;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes operators that join each row of the left input with those of the right one that have the same key and a time that is
 * {@code lower} to {@code upper} later, both included (either may be negative). A joined row has the later one's time. Rows are
 * kept in the states {@code left} and {@code right} as long as a row may come that they fit. Rows that come behind the
 * watermark go to the side outputs {@code late-left} and {@code late-right}.
 */
public record IntervalJoinFactory(
        JoinSide left, JoinSide right, Duration lower, Duration upper, List<JoinColumn> columns)
        implements OperatorFactory {

    private static final long SHORTEST_BUCKET = 1_000;

    public IntervalJoinFactory {
        columns = List.copyOf(columns);
        if (lower.compareTo(upper) > 0) {
            throw new IllegalArgumentException("an interval from " + lower + " to " + upper);
        }
        List<ColumnType> one = left.keyColumns().stream().map(Column::type).toList();
        List<ColumnType> other = right.keyColumns().stream().map(Column::type).toList();
        if (!one.equals(other)) {
            throw new IllegalArgumentException("keys of " + one + " and of " + other);
        }
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public RowType output() {
        return new RowType(columns.stream()
                .map(column -> new Column(
                        column.name(),
                        side(column.side()).input().column(column.index()).type()))
                .toList());
    }

    @Override
    public List<SideOutput> outputs() {
        return List.of(new SideOutput("late-left", left.input()), new SideOutput("late-right", right.input()));
    }

    JoinSide side(int side) {
        return side == 0 ? left : right;
    }

    /** Milliseconds of time whose rows of one key lie together: at most two buckets can have what fits a row. */
    long bucket() {
        return Math.max(SHORTEST_BUCKET, upper.minus(lower).toMillis());
    }

    /** The columns of a side that are kept: those that joined rows show, but for the key, which both rows have. */
    List<Integer> kept(int side) {
        return columns.stream()
                .filter(column -> column.side() == side && !side(side).keys().contains(column.index()))
                .map(JoinColumn::index)
                .distinct()
                .toList();
    }

    /** The rows of a key and bucket: how many, and the images of all, with a name that tells how they are to be read. */
    StateSchema rows(int side) {
        JoinSide of = side(side);
        String image = of.input().columns(kept(side)).stream()
                .map(column -> ", " + column.name() + " " + column.type())
                .collect(Collectors.joining());
        return new StateSchema(
                side == 0 ? "left" : "right",
                StateSchema.Form.KEYED,
                of.keyColumns(),
                true,
                List.of(
                        new Column("rows", ColumnType.LONG),
                        new Column("~images, " + lower + " to " + upper + image, ColumnType.BYTES)));
    }

    StateSchema timers() {
        return new StateSchema("timers", StateSchema.Form.TIMERS, left.keyColumns(), true, List.of());
    }

    @Override
    public List<StateSchema> states() {
        return List.of(rows(0), rows(1), timers());
    }

    @Override
    public Operator create() {
        return new IntervalJoin(this);
    }
}
