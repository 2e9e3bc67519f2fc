package io.strandline.pipeline.reading;

import io.strandline.expression.CompiledExpression;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.cel.Expression;
import io.strandline.pipeline.CheckedNode;
import io.strandline.pipeline.CheckedNode.Aggregate;
import io.strandline.pipeline.CheckedNode.Aggregate.Function;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.OperatorSpec.NamedExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks one operator against the rows it reads, compiles its expressions and derives the rows it yields. */
final class OperatorChecks {

    private static final Pattern AGGREGATE = Pattern.compile("(\\s*([A-Za-z_]\\w*)\\s*\\()(.*)\\)\\s*", Pattern.DOTALL);
    private static final Map<String, Function> FUNCTIONS =
            Stream.of(Function.values()).collect(Collectors.toMap(Function::wireName, function -> function));
    private static final String FORMS = "count(), sum(x), min(x), max(x), avg(x)";

    private final String pointer;
    private final RowSchema input;
    private final boolean eventTime;
    private final Findings findings;

    OperatorChecks(String pointer, RowSchema input, boolean eventTime, Findings findings) {
        this.pointer = pointer;
        this.input = input;
        this.eventTime = eventTime;
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
        } else {
            node = window((OperatorSpec.Window) spec);
        }
        return findings.count() == before ? node : null;
    }

    private @Nullable CheckedNode filter(OperatorSpec.Filter spec) {
        CompiledExpression where = compile("/where", spec.where());
        if (where == null) {
            return null;
        }
        if (where.type() != ValueType.BOOLEAN) {
            wrong(
                    "/where",
                    "a boolean expression is expected; '" + spec.where() + "' is a "
                            + where.type().wireName());
        }
        return new CheckedNode.Filter(spec, where, input);
    }

    private CheckedNode mapping(OperatorSpec.Mapping spec) {
        List<CompiledExpression> expressions = new ArrayList<>();
        List<RowSchema.Column> columns = new ArrayList<>();
        for (NamedExpression column : spec.columns()) {
            CompiledExpression expression = compile("/columns/" + column.name(), column.expression());
            if (expression != null) {
                expressions.add(expression);
                columns.add(new RowSchema.Column(column.name(), expression.type()));
            }
        }
        return new CheckedNode.Mapping(spec, List.copyOf(expressions), new RowSchema(columns));
    }

    private CheckedNode aggregation(OperatorSpec.Aggregation spec) {
        List<Integer> keys = keyColumns(spec.keyBy());
        List<RowSchema.Column> columns = keySchema(keys);
        List<Aggregate> aggregates = aggregates(spec.aggregates(), columns);
        return new CheckedNode.Aggregation(spec, keys, aggregates, new RowSchema(columns));
    }

    private CheckedNode window(OperatorSpec.Window spec) {
        if (!eventTime) {
            wrong("/window", "a window needs event time; set eventTime on the source that feeds it");
        }
        List<Integer> keys = keyColumns(spec.keyBy());
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
        List<Aggregate> aggregates = aggregates(spec.aggregates(), columns);
        return new CheckedNode.Window(spec, keys, aggregates, new RowSchema(columns));
    }

    private List<Integer> keyColumns(List<String> keyBy) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < keyBy.size(); i++) {
            String name = keyBy.get(i);
            int index = input.indexOf(name);
            if (index < 0) {
                wrong(
                        "/keyBy/" + i,
                        "no column '" + name + "' in the input" + NearestName.hint(name, input.names())
                                + " (columns here: " + String.join(", ", input.names()) + ")");
            } else if (input.type(index) == ValueType.DOUBLE) {
                wrong(
                        "/keyBy/" + i,
                        "'" + name + "' is a double, which makes no key; convert it in a map with int(…) or string(…)");
            } else {
                indexes.add(index);
            }
        }
        return List.copyOf(indexes);
    }

    private List<RowSchema.Column> keySchema(List<Integer> keys) {
        List<RowSchema.Column> columns = new ArrayList<>();
        keys.forEach(index -> columns.add(input.columns().get(index)));
        return columns;
    }

    private List<Aggregate> aggregates(List<NamedExpression> specs, List<RowSchema.Column> columns) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (NamedExpression spec : specs) {
            String place = "/aggregates/" + spec.name();
            if (columns.stream().anyMatch(column -> column.name().equals(spec.name()))) {
                wrong(place, "'" + spec.name() + "' is a column of the output already; choose another name");
                continue;
            }
            Aggregate aggregate = aggregate(place, spec);
            if (aggregate != null) {
                aggregates.add(aggregate);
                columns.add(new RowSchema.Column(aggregate.name(), aggregate.type()));
            }
        }
        return List.copyOf(aggregates);
    }

    private @Nullable Aggregate aggregate(String place, NamedExpression spec) {
        Matcher call = AGGREGATE.matcher(spec.expression());
        if (!call.matches()) {
            wrong(place, "one of " + FORMS + " is expected; found '" + spec.expression() + "'");
            return null;
        }
        Function function = FUNCTIONS.get(call.group(2));
        if (function == null) {
            wrong(
                    place,
                    "no aggregate '" + call.group(2) + "'" + NearestName.hint(call.group(2), FUNCTIONS.keySet())
                            + " (there are: " + FORMS + ")");
            return null;
        }
        boolean empty = call.group(3).isBlank();
        if (function == Function.COUNT) {
            if (!empty) {
                wrong(place, "count() counts rows and takes nothing; no column is ever empty");
            }
            return new Aggregate(spec.name(), function, null, ValueType.LONG);
        }
        if (empty) {
            wrong(place, call.group(2) + " needs a column or expression, such as " + call.group(2) + "(delay)");
            return null;
        }
        // blanks in place of the call keep the columns of error places right
        String argument = " ".repeat(call.end(1)) + call.group(3);
        return overArgument(place, spec, function, argument);
    }

    private @Nullable Aggregate overArgument(String place, NamedExpression spec, Function function, String text) {
        CompiledExpression argument = compile(place, text);
        if (argument == null) {
            return null;
        }
        if (argument.type() != ValueType.LONG && argument.type() != ValueType.DOUBLE) {
            wrong(
                    place,
                    function.wireName() + " takes a long or a double; '" + text.strip() + "' is a "
                            + argument.type().wireName());
            return null;
        }
        ValueType type = function == Function.AVG ? ValueType.DOUBLE : argument.type();
        return new Aggregate(spec.name(), function, argument, type);
    }

    private @Nullable CompiledExpression compile(String place, String text) {
        try {
            return Expression.compile(text, input);
        } catch (ExpressionException e) {
            for (ExpressionException.Issue issue : e.issues()) {
                wrong(place, issue.toString());
            }
            return null;
        }
    }

    private void wrong(String place, String detail) {
        findings.add(pointer + place, detail);
    }
}
