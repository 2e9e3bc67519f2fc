package io.strandline.pipeline.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns what a document says without the language knowing its fields into plain Java values. */
final class PlainValues {

    private PlainValues() {}

    /** The fields of an object, in their order; a finding for what has no plain value. */
    static Map<String, Object> of(String field, Fields fields) {
        JsonNode node = fields.optional(field);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            fields.wrong(field, "an object is expected");
            return Map.of();
        }
        return object(field, node, fields);
    }

    private static Map<String, Object> object(String field, JsonNode node, Fields fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : node.propertyNames()) {
            values.put(name, value(field, node.get(name), fields));
        }
        return Collections.unmodifiableMap(values);
    }

    private static Object value(String field, JsonNode node, Fields fields) {
        if (node.isObject()) {
            return object(field, node, fields);
        }
        if (node.isArray()) {
            List<Object> values = new ArrayList<>();
            node.forEach(element -> values.add(value(field, element, fields)));
            return List.copyOf(values);
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (!node.isString()) {
            fields.wrong(
                    field, "strings, numbers, true and false, and lists and objects of those are expected; found null");
            return "";
        }
        return node.stringValue();
    }
}
