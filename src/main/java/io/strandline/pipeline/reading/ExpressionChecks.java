package io.strandline.pipeline.reading;

import io.strandline.expression.CompiledExpression;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.cel.Expression;
import io.strandline.pipeline.CheckedNode.Aggregate;
import io.strandline.pipeline.CheckedNode.Aggregate.Function;
import io.strandline.pipeline.OperatorSpec.NamedExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks an operator's expressions, and calls of aggregates, against the rows that one input brings. */
final class ExpressionChecks {

    private static final Pattern AGGREGATE = Pattern.compile("(\\s*([A-Za-z_]\\w*)\\s*\\()(.*)\\)\\s*", Pattern.DOTALL);
    private static final Map<String, Function> FUNCTIONS =
            Stream.of(Function.values()).collect(Collectors.toMap(Function::wireName, function -> function));
    private static final String FORMS = Stream.of(Function.values())
            .map(function -> function.wireName() + (function == Function.COUNT ? "()" : "(x)"))
            .collect(Collectors.joining(", "));

    private final String pointer;
    private final RowSchema input;
    private final boolean eventTime;
    private final Findings findings;

    ExpressionChecks(String pointer, RowSchema input, boolean eventTime, Findings findings) {
        this.pointer = pointer;
        this.input = input;
        this.eventTime = eventTime;
        this.findings = findings;
    }

    /** The expression; null after a finding. */
    @Nullable
    CompiledExpression compile(String place, String text) {
        try {
            return Expression.compile(text, input);
        } catch (ExpressionException e) {
            for (ExpressionException.Issue issue : e.issues()) {
                wrong(place, issue.toString());
            }
            return null;
        }
    }

    /** The aggregates, whose columns are put behind those that are there. */
    List<Aggregate> aggregates(List<NamedExpression> specs, List<RowSchema.Column> columns) {
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
        if (function.byTime() && !eventTime) {
            wrong(place, call.group(2) + " goes by event time; set eventTime on the source that feeds it");
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
        if (!function.takes().contains(argument.type())) {
            String types = function.takes().stream()
                    .map(type -> "a " + type.wireName())
                    .collect(Collectors.joining(" or "));
            wrong(
                    place,
                    function.wireName() + " takes " + types + "; '" + text.strip() + "' is a "
                            + argument.type().wireName());
            return null;
        }
        return new Aggregate(spec.name(), function, argument, function.yields(argument.type()));
    }

    private void wrong(String place, String detail) {
        findings.add(pointer + place, detail);
    }
}
