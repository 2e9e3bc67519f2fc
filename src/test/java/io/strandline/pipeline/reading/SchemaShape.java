package io.strandline.pipeline.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Checks a document against a JSON Schema, as far as the published one goes: it throws for a keyword that it does not
 * know, so that the schema cannot outgrow it.
 */
final class SchemaShape {

    private static final Set<String> ANNOTATIONS = Set.of("$schema", "$id", "$defs", "title", "description", "default");

    private final JsonNode root;
    private final List<String> mistakes = new ArrayList<>();

    private SchemaShape(JsonNode root) {
        this.root = root;
    }

    static List<String> mistakes(JsonNode schema, JsonNode document) {
        SchemaShape shape = new SchemaShape(schema);
        shape.check(schema, document, "");
        return shape.mistakes;
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        SchemaShape shape = new SchemaShape(root);
        shape.check(schema, value, "");
        return shape.mistakes.isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!ANNOTATIONS.contains(keyword.getKey())
                    && !holds(keyword.getKey(), keyword.getValue(), schema, value, at)) {
                mistakes.add(at + " fails " + keyword.getKey() + " " + keyword.getValue());
            }
        }
    }

    private boolean holds(String keyword, JsonNode argument, JsonNode schema, JsonNode value, String at) {
        return switch (keyword) {
            case "type" -> isA(argument.stringValue(), value);
            case "const" -> argument.equals(value);
            case "enum" -> argument.values().contains(value);
            case "pattern" ->
                !value.isString()
                        || Pattern.compile(argument.stringValue())
                                .matcher(value.stringValue())
                                .find();
            case "minLength" -> !value.isString() || value.stringValue().length() >= argument.intValue();
            case "maxLength" -> !value.isString() || value.stringValue().length() <= argument.intValue();
            case "minimum" -> !value.isNumber() || value.decimalValue().compareTo(argument.decimalValue()) >= 0;
            case "maximum" -> !value.isNumber() || value.decimalValue().compareTo(argument.decimalValue()) <= 0;
            case "minItems", "minProperties" -> value.size() >= argument.intValue();
            case "maxItems", "maxProperties" -> value.size() <= argument.intValue();
            case "uniqueItems" -> Set.copyOf(value.values()).size() == value.size();
            case "not" -> !fits(argument, value);
            case "anyOf" -> argument.values().stream().anyMatch(option -> fits(option, value));
            case "oneOf" ->
                argument.values().stream().filter(option -> fits(option, value)).count() == 1;
            case "$ref" -> fits(root.at(argument.stringValue().substring(1)), value);
            case "required" -> argument.values().stream().allMatch(name -> value.has(name.stringValue()));
            case "propertyNames" ->
                value.propertyNames().stream().allMatch(name -> fits(argument, StringNode.valueOf(name)));
            case "items" -> value.values().stream().allMatch(item -> fits(argument, item));
            case "properties" -> propertiesHold(argument, value, at);
            case "additionalProperties" ->
                value.propertyNames().stream()
                        .filter(name -> !schema.path("properties").has(name))
                        .allMatch(name -> argument.isObject() && fits(argument, value.get(name)));
            default -> throw new IllegalArgumentException("the schema uses the keyword " + keyword);
        };
    }

    private boolean propertiesHold(JsonNode properties, JsonNode value, String at) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (value.has(property.getKey())) {
                check(property.getValue(), value.get(property.getKey()), at + "/" + property.getKey());
            }
        }
        return true;
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("the schema uses the type " + type);
        };
    }
}
