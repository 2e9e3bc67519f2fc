package io.strandline.pipeline.reading;

import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.OperatorSpec.Emit;
import io.strandline.pipeline.OperatorSpec.NamedExpression;
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

    private static final List<String> TYPES = List.of("filter", "map", "aggregate", "window");
    private static final List<String> LATER = List.of("deduplicate", "join", "union", "process");
    private static final List<String> EMIT_WORDS = List.of("CHANGES", "NONE");
    private static final Duration MOMENT = Duration.ofMillis(1);

    @Nullable
    OperatorSpec read(String name, Fields fields) {
        String type = fields.type(TYPES, LATER);
        if (type == null) {
            return null;
        }
        String input = fields.text("input", "the name of a source or operator");
        OperatorSpec operator = switch (type) {
            case "filter" -> new OperatorSpec.Filter(name, input, fields.text("where", "a boolean expression"));
            case "map" -> new OperatorSpec.Mapping(name, input, expressions(fields, "columns"));
            case "aggregate" ->
                new OperatorSpec.Aggregation(
                        name, input, keyBy(fields), expressions(fields, "aggregates"), emit(fields));
            default -> window(name, input, fields);
        };
        fields.refuseUnknown();
        return operator;
    }

    private static OperatorSpec window(String name, String input, Fields fields) {
        List<String> keyBy = keyBy(fields);
        JsonNode window = fields.required("window", "an object such as {type: TUMBLING, size: PT1H}");
        Duration size = window == null ? MOMENT : size(fields.object("window"));
        Duration allowedLateness = fields.duration("allowedLateness", Duration.ZERO, Duration.ZERO);
        return new OperatorSpec.Window(name, input, keyBy, size, allowedLateness, expressions(fields, "aggregates"));
    }

    private static Duration size(Fields window) {
        if (window.type(List.of("TUMBLING"), List.of("SLIDING", "SESSION")) == null) {
            return MOMENT;
        }
        Duration size = window.duration("size", MOMENT, null);
        window.refuseUnknown();
        return size;
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
        Set<String> names = new LinkedHashSet<>();
        JsonNode node = fields.required("keyBy", "a list of column names");
        List<JsonNode> elements = fields.list("keyBy", 50);
        if (node != null && node.isArray() && node.isEmpty()) {
            fields.wrong("keyBy", "at least one column is required; found none");
        }
        for (int i = 0; i < elements.size(); i++) {
            JsonNode element = elements.get(i);
            if (!element.isString()) {
                fields.wrongAt("keyBy", i, "a column's name is expected; found " + Scalars.describe(element));
            } else if (!names.add(element.stringValue())) {
                fields.wrongAt("keyBy", i, "'" + element.stringValue() + "' is there already");
            }
        }
        return List.copyOf(names);
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
