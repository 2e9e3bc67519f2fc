package io.strandline.pipeline.reading;

import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.OperatorSpec.Emit;
import io.strandline.pipeline.OperatorSpec.NamedExpression;
import io.strandline.pipeline.OperatorSpec.Shape;
import io.strandline.pipeline.Scalars;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an operator; its expressions are read as text. */
final class OperatorReader {

    private static final List<String> TYPES =
            List.of("filter", "map", "aggregate", "window", "deduplicate", "union", "join", "process");
    private static final List<String> SHAPES = List.of("TUMBLING", "SLIDING", "SESSION");
    private static final List<String> EMIT_WORDS = List.of("CHANGES", "NONE");
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int MOST_KEYS = 50;
    private static final int MOST_INPUTS = 100;
    private static final String INPUT = "the name of a source or operator";

    @Nullable
    OperatorSpec read(String name, Fields fields) {
        String type = fields.type(TYPES, List.of());
        if (type == null) {
            return null;
        }
        OperatorSpec operator = switch (type) {
            case "filter" ->
                new OperatorSpec.Filter(
                        name,
                        input(fields),
                        fields.text("where", "a boolean expression"),
                        ErrorPolicyReader.read(fields));
            case "map" ->
                new OperatorSpec.Mapping(
                        name, input(fields), expressions(fields, "columns"), ErrorPolicyReader.read(fields));
            case "aggregate" ->
                new OperatorSpec.Aggregation(
                        name,
                        input(fields),
                        keyBy(fields),
                        expressions(fields, "aggregates"),
                        emit(fields),
                        ErrorPolicyReader.read(fields));
            case "window" -> window(name, fields);
            case "deduplicate" ->
                new OperatorSpec.Deduplicate(
                        name, input(fields), keyBy(fields), fields.optionalDuration("ttl", MOMENT));
            case "union" -> union(name, fields);
            case "process" -> process(name, fields);
            default -> join(name, fields);
        };
        fields.refuseUnknown();
        return operator;
    }

    private static String input(Fields fields) {
        return fields.text("input", INPUT);
    }

    private static OperatorSpec window(String name, Fields fields) {
        String input = input(fields);
        List<String> keyBy = keyBy(fields);
        JsonNode window = fields.required("window", "an object such as {type: TUMBLING, size: PT1H}");
        Shape shape = window == null ? new Shape.Tumbling(MOMENT) : shape(fields.object("window"));
        Duration allowedLateness = fields.duration("allowedLateness", Duration.ZERO, Duration.ZERO);
        return new OperatorSpec.Window(
                name,
                input,
                keyBy,
                shape,
                allowedLateness,
                expressions(fields, "aggregates"),
                ErrorPolicyReader.read(fields));
    }

    private static Shape shape(Fields window) {
        String type = window.type(SHAPES, List.of());
        if (type == null) {
            return new Shape.Tumbling(MOMENT);
        }
        Shape shape = switch (type) {
            case "TUMBLING" -> new Shape.Tumbling(window.duration("size", MOMENT, null));
            case "SLIDING" ->
                new Shape.Sliding(window.duration("size", MOMENT, null), window.duration("slide", MOMENT, null));
            default -> new Shape.Session(window.duration("gap", MOMENT, null));
        };
        window.refuseUnknown();
        return shape;
    }

    private static OperatorSpec union(String name, Fields fields) {
        Set<String> inputs = names(fields, "inputs", "a list of at least two sources and operators", MOST_INPUTS);
        if (fields.sound() && inputs.size() < 2) {
            fields.wrong("inputs", "at least two inputs are required; found " + inputs.size());
        }
        return new OperatorSpec.Union(name, List.copyOf(inputs));
    }

    private static OperatorSpec process(String name, Fields fields) {
        return new OperatorSpec.Process(
                name,
                input(fields),
                fields.has("keyBy") ? keyBy(fields) : List.of(),
                fields.text("class", "the name of a class in a plug-in jar"),
                PlainValues.of("config", fields),
                fields.optionalText("jar", "sha256: and the digest of a plug-in jar"));
    }

    private static OperatorSpec join(String name, Fields fields) {
        OperatorSpec.Side left = side(fields, "left");
        OperatorSpec.Side right = side(fields, "right");
        Duration within = fields.optionalDuration("within", Duration.ZERO);
        Duration lower = within == null ? fields.duration("lower", Fields.LONGEST.negated(), null) : within.negated();
        Duration upper = within == null ? fields.duration("upper", Fields.LONGEST.negated(), null) : within;
        if (within != null && (fields.has("lower") || fields.has("upper"))) {
            fields.wrong("within", "either within or lower and upper is expected; found both");
        } else if (fields.sound() && lower.compareTo(upper) > 0) {
            fields.wrong("upper", "upper " + upper + " is less than lower " + lower);
        }
        List<NamedExpression> columns = fields.has("columns") ? expressions(fields, "columns") : List.of();
        return new OperatorSpec.Join(name, left, right, lower, upper, columns);
    }

    private static OperatorSpec.Side side(Fields fields, String field) {
        JsonNode node = fields.required(field, "an object such as {input: orders, keyBy: [id]}");
        if (node == null) {
            return new OperatorSpec.Side("", List.of());
        }
        Fields side = fields.object(field);
        OperatorSpec.Side read = new OperatorSpec.Side(input(side), keyBy(side));
        side.refuseUnknown();
        return read;
    }

    private static List<NamedExpression> expressions(Fields fields, String field) {
        List<NamedExpression> expressions = new ArrayList<>();
        fields.texts(field, "an object of column names to expressions", SchemaReader.MOST_COLUMNS)
                .forEach((name, text) -> {
                    SchemaReader.checkColumnName(name, fields.object(field));
                    expressions.add(new NamedExpression(name, text));
                });
        return expressions;
    }

    private static List<String> keyBy(Fields fields) {
        Set<String> names = names(fields, "keyBy", "a list of column names", MOST_KEYS);
        JsonNode node = fields.optional("keyBy");
        if (node != null && node.isArray() && node.isEmpty()) {
            fields.wrong("keyBy", "at least one column is required; found none");
        }
        return List.copyOf(names);
    }

    private static Set<String> names(Fields fields, String field, String wanted, int most) {
        Set<String> names = new LinkedHashSet<>();
        fields.required(field, wanted);
        List<JsonNode> elements = fields.list(field, most);
        for (int i = 0; i < elements.size(); i++) {
            JsonNode element = elements.get(i);
            if (!element.isString()) {
                fields.wrongAt(field, i, "a name is expected; found " + Scalars.describe(element));
            } else if (!names.add(element.stringValue())) {
                fields.wrongAt(field, i, "'" + element.stringValue() + "' is there already");
            }
        }
        return names;
    }

    private static Emit emit(Fields fields) {
        JsonNode node = fields.optional("emit");
        if (node == null) {
            return new Emit.Changes();
        }
        if (node.isObject()) {
            Fields every = fields.object("emit");
            Duration interval = every.duration("every", MOMENT, null);
            every.refuseUnknown();
            return new Emit.Every(interval);
        }
        String word = node.isString() ? node.stringValue() : "";
        if (!EMIT_WORDS.contains(word)) {
            fields.wrong(
                    "emit",
                    "CHANGES, NONE or {every: PT1S} is expected; found " + Scalars.describe(node)
                            + Scalars.hint(node, EMIT_WORDS));
        }
        return word.equals("NONE") ? new Emit.None() : new Emit.Changes();
    }
}
