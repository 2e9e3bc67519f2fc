package io.strandline.pipeline.reading;

import io.strandline.expression.CompiledExpression;
import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedNode.Aggregate;
import io.strandline.pipeline.CheckedNode.Input;
import io.strandline.pipeline.CheckedNode.JoinColumn;
import io.strandline.pipeline.CheckedNode.SideOutput;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.OperatorSpec.NamedExpression;
import io.strandline.pipeline.OperatorSpec.Shape;
import io.strandline.pipeline.ProcessClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one operator against the rows it reads, compiles its expressions and derives the rows it yields. */
final class OperatorChecks {

    private static final Pattern COLUMN_OF_SIDE = Pattern.compile("\\s*(left|right)\\s*\\.\\s*(\\w+)\\s*");
    private static final List<String> SIDES = List.of("left", "right");
    private static final long MOST_PANES = 1_000;

    /**
     * A stream that the operator reads.
     *
     * @param eventTime whether its rows have event time
     */
    record Stream(Input input, RowSchema schema, boolean eventTime) {}

    private final String pointer;
    private final List<Stream> streams;
    private final ProcessClasses classes;
    private final Findings findings;

    OperatorChecks(String pointer, List<Stream> streams, ProcessClasses classes, Findings findings) {
        this.pointer = pointer;
        this.streams = streams;
        this.classes = classes;
        this.findings = findings;
    }

    /** The checked node, or null after a finding. */
    @Nullable
    CheckedNode check(OperatorSpec spec) {
        int before = findings.count();
        CheckedNode node;
        if (spec instanceof OperatorSpec.Filter filter) {
            node = filter(filter);
        } else if (spec instanceof OperatorSpec.Mapping mapping) {
            node = mapping(mapping);
        } else if (spec instanceof OperatorSpec.Aggregation aggregation) {
            node = aggregation(aggregation);
        } else if (spec instanceof OperatorSpec.Window window) {
            node = window(window);
        } else if (spec instanceof OperatorSpec.Deduplicate deduplicate) {
            node = deduplicate(deduplicate);
        } else if (spec instanceof OperatorSpec.Union union) {
            node = union(union);
        } else if (spec instanceof OperatorSpec.Process process) {
            node = process(process);
        } else {
            node = join((OperatorSpec.Join) spec);
        }
        return findings.count() == before ? node : null;
    }

    private List<Input> inputs() {
        return streams.stream().map(Stream::input).toList();
    }

    private RowSchema schema() {
        return streams.get(0).schema();
    }

    private ExpressionChecks expressions() {
        return new ExpressionChecks(pointer, schema(), streams.get(0).eventTime(), findings);
    }

    private @Nullable CheckedNode filter(OperatorSpec.Filter spec) {
        CompiledExpression where = expressions().compile("/where", spec.where());
        if (where == null) {
            return null;
        }
        if (where.type() != ValueType.BOOLEAN) {
            wrong(
                    "/where",
                    "a boolean expression is expected; '" + spec.where() + "' is a "
                            + where.type().wireName());
        }
        return new CheckedNode.Filter(spec, inputs(), where, schema());
    }

    private CheckedNode mapping(OperatorSpec.Mapping spec) {
        ExpressionChecks checks = expressions();
        List<CompiledExpression> expressions = new ArrayList<>();
        List<RowSchema.Column> columns = new ArrayList<>();
        for (NamedExpression column : spec.columns()) {
            CompiledExpression expression = checks.compile("/columns/" + column.name(), column.expression());
            if (expression != null) {
                expressions.add(expression);
                columns.add(new RowSchema.Column(column.name(), expression.type()));
            }
        }
        return new CheckedNode.Mapping(spec, inputs(), List.copyOf(expressions), new RowSchema(columns));
    }

    private CheckedNode aggregation(OperatorSpec.Aggregation spec) {
        List<Integer> keys = keyColumns("", schema(), spec.keyBy());
        List<RowSchema.Column> columns = keySchema(keys);
        List<Aggregate> aggregates = expressions().aggregates(spec.aggregates(), columns);
        return new CheckedNode.Aggregation(spec, inputs(), keys, aggregates, new RowSchema(columns));
    }

    private CheckedNode window(OperatorSpec.Window spec) {
        if (!streams.get(0).eventTime()) {
            wrong("/window", "a window needs event time; set eventTime on the source that feeds it");
        }
        if (spec.shape() instanceof Shape.Sliding sliding) {
            checkSlide(sliding);
        }
        List<Integer> keys = keyColumns("", schema(), spec.keyBy());
        List<RowSchema.Column> columns = keySchema(keys);
        for (String bound : List.of("window_start", "window_end")) {
            if (spec.keyBy().contains(bound)) {
                wrong(
                        "/keyBy",
                        "'" + bound + "' is a column that the window adds; rename the key column in a map before");
            } else {
                columns.add(new RowSchema.Column(bound, ValueType.TIMESTAMP));
            }
        }
        List<Aggregate> aggregates = expressions().aggregates(spec.aggregates(), columns);
        List<SideOutput> sides = List.of(new SideOutput("late", schema()));
        return new CheckedNode.Window(spec, inputs(), keys, aggregates, new RowSchema(columns), sides);
    }

    private void checkSlide(Shape.Sliding window) {
        if (window.slide().compareTo(window.size()) > 0) {
            wrong(
                    "/window/slide",
                    "a slide of " + window.slide() + " would leave rows between windows of " + window.size()
                            + " out; it is at most the size");
            return;
        }
        long size = window.size().toMillis();
        long panes = size / divisor(size, window.slide().toMillis());
        if (panes > MOST_PANES) {
            wrong(
                    "/window/slide",
                    "each window would be merged out of " + panes + " panes, which costs too much; at most "
                            + MOST_PANES + " are taken: choose a longer slide, or one that divides the size");
        }
    }

    private static long divisor(long one, long other) {
        return other == 0 ? one : divisor(other, one % other);
    }

    private CheckedNode deduplicate(OperatorSpec.Deduplicate spec) {
        List<Integer> keys = keyColumns("", schema(), spec.keyBy());
        return new CheckedNode.Deduplicate(spec, inputs(), keys, streams.get(0).eventTime(), schema());
    }

    private @Nullable CheckedNode process(OperatorSpec.Process spec) {
        int before = findings.count();
        List<Integer> keys = keyColumns("", schema(), spec.keyBy());
        if (findings.count() > before) {
            return null;
        }
        try {
            ProcessClasses.Signature signature = classes.check(spec, schema());
            return new CheckedNode.Process(
                    spec.of(signature.jar()),
                    inputs(),
                    keys,
                    signature.output(),
                    signature.sideOutputs(),
                    signature.states());
        } catch (ProcessClasses.UnusableClassException e) {
            wrong(e.place(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private CheckedNode union(OperatorSpec.Union spec) {
        for (int i = 1; i < streams.size(); i++) {
            if (!streams.get(i).schema().equals(schema())) {
                wrong(
                        "/inputs/" + i,
                        "rows of one union have the same columns in the same order; '"
                                + spec.inputs().get(0) + "' has "
                                + schema().wireTypes() + " and '"
                                + spec.inputs().get(i) + "' has "
                                + streams.get(i).schema().wireTypes() + "; put a map before");
            }
        }
        return new CheckedNode.Union(spec, inputs(), schema());
    }

    private @Nullable CheckedNode join(OperatorSpec.Join spec) {
        List<OperatorSpec.Side> sides = List.of(spec.left(), spec.right());
        List<List<Integer>> keys = new ArrayList<>();
        List<SideOutput> late = new ArrayList<>();
        for (int side = 0; side < sides.size(); side++) {
            Stream stream = streams.get(side);
            String place = "/" + SIDES.get(side);
            if (!stream.eventTime()) {
                wrong(place + "/input", "a join needs event time; set eventTime on the source that feeds it");
            }
            keys.add(keyColumns(place, stream.schema(), sides.get(side).keyBy()));
            late.add(new SideOutput("late-" + SIDES.get(side), stream.schema()));
        }
        checkKeys(spec, keys);
        List<JoinColumn> columns = spec.columns().isEmpty() ? allColumns() : chosenColumns(spec);
        List<RowSchema.Column> schema = columns.stream()
                .map(column -> new RowSchema.Column(
                        column.name(), streams.get(column.side()).schema().type(column.index())))
                .toList();
        return schema.isEmpty()
                ? null
                : new CheckedNode.Join(spec, inputs(), keys, columns, new RowSchema(schema), late);
    }

    private void checkKeys(OperatorSpec.Join spec, List<List<Integer>> keys) {
        int count = spec.left().keyBy().size();
        if (spec.right().keyBy().size() != count) {
            wrong(
                    "/right/keyBy",
                    "as many columns as in left.keyBy are expected, which has " + count + "; found "
                            + spec.right().keyBy().size());
            return;
        }
        for (int i = 0; i < Math.min(keys.get(0).size(), keys.get(1).size()); i++) {
            ValueType left = streams.get(0).schema().type(keys.get(0).get(i));
            ValueType right = streams.get(1).schema().type(keys.get(1).get(i));
            if (left != right) {
                wrong(
                        "/right/keyBy/" + i,
                        "'" + spec.right().keyBy().get(i) + "' is a " + right.wireName() + " and never equal to '"
                                + spec.left().keyBy().get(i) + "', a " + left.wireName()
                                + "; convert one in a map before");
            }
        }
    }

    /** All columns of both sides; where both have one of a name, with the side before it. */
    private List<JoinColumn> allColumns() {
        Map<String, JoinColumn> columns = new LinkedHashMap<>();
        for (int side = 0; side < SIDES.size(); side++) {
            RowSchema schema = streams.get(side).schema();
            for (int index = 0; index < schema.size(); index++) {
                String name = schema.names().get(index);
                boolean both = streams.get(1 - side).schema().has(name);
                String shown = both ? SIDES.get(side) + "_" + name : name;
                if (columns.putIfAbsent(shown, new JoinColumn(shown, side, index)) != null) {
                    wrong("/columns", "two columns would be called '" + shown + "'; choose columns and their names");
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private List<JoinColumn> chosenColumns(OperatorSpec.Join spec) {
        List<JoinColumn> columns = new ArrayList<>();
        for (NamedExpression column : spec.columns()) {
            String place = "/columns/" + column.name();
            Matcher reference = COLUMN_OF_SIDE.matcher(column.expression());
            if (!reference.matches()) {
                wrong(
                        place,
                        "a column of one side, such as left.origin, is expected; found '" + column.expression() + "'");
                continue;
            }
            int side = SIDES.indexOf(reference.group(1));
            int index = column(place, streams.get(side).schema(), reference.group(2));
            if (index >= 0) {
                columns.add(new JoinColumn(column.name(), side, index));
            }
        }
        return columns;
    }

    private List<Integer> keyColumns(String place, RowSchema input, List<String> keyBy) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < keyBy.size(); i++) {
            String at = place + "/keyBy/" + i;
            String name = keyBy.get(i);
            int index = column(at, input, name);
            if (index >= 0 && input.type(index) == ValueType.DOUBLE) {
                wrong(
                        at,
                        "'" + name + "' is a double, which makes no key; convert it in a map with int(…) or string(…)");
            } else if (index >= 0) {
                indexes.add(index);
            }
        }
        return List.copyOf(indexes);
    }

    /** The column's index; -1 after a finding. */
    private int column(String place, RowSchema input, String name) {
        int index = input.indexOf(name);
        if (index < 0) {
            wrong(
                    place,
                    "no column '" + name + "' in the input" + NearestName.hint(name, input.names()) + " (columns here: "
                            + String.join(", ", input.names()) + ")");
        }
        return index;
    }

    private List<RowSchema.Column> keySchema(List<Integer> keys) {
        List<RowSchema.Column> columns = new ArrayList<>();
        keys.forEach(index -> columns.add(schema().columns().get(index)));
        return columns;
    }

    private void wrong(String place, String detail) {
        findings.add(pointer + place, detail);
    }
}
