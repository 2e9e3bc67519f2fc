package io.strandline.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Makes bodies as their schemas say, or almost. */
final class Bodies {

    private static final int DEEPEST = 5;

    private final JsonNode document;
    private final Map<String, String> known;
    private final Random random;
    private final Junk junk;

    /** For the schemas of a document; fields of the names in {@code known} get these values. */
    Bodies(JsonNode document, Map<String, String> known, Random random) {
        this.document = document;
        this.known = known;
        this.random = random;
        this.junk = new Junk(random);
    }

    /** A body; of its values one in {@code oneIn} is junk. */
    String of(JsonNode schema, int oneIn) {
        return value(schema, "", oneIn, 0);
    }

    private String value(JsonNode written, String name, int oneIn, int depth) {
        JsonNode schema = resolved(written);
        if (random.nextInt(oneIn) == 0 || depth > DEEPEST) {
            return junk.value();
        }
        String type = type(schema);
        if (type.equals("object") || schema.has("properties")) {
            return object(schema, oneIn, depth);
        }
        if (type.equals("array")) {
            List<String> items = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                items.add(value(schema.path("items"), name, oneIn, depth + 1));
            }
            return "[" + String.join(", ", items) + "]";
        }
        return scalar(schema, type, name);
    }

    private String object(JsonNode schema, int oneIn, int depth) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (random.nextInt(3) > 0) {
                fields.add(
                        Junk.quoted(field.getKey()) + ": " + value(field.getValue(), field.getKey(), oneIn, depth + 1));
            }
        }
        if (random.nextInt(oneIn) == 0) {
            fields.add(Junk.quoted(junk.text()) + ": " + junk.value());
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private String scalar(JsonNode schema, String type, String name) {
        if (known.containsKey(name)) {
            return Junk.quoted(known.get(name));
        }
        JsonNode choices = schema.path("enum");
        if (choices.size() > 0) {
            return choices.get(random.nextInt(choices.size())).toString();
        }
        JsonNode example = schema.path("example");
        if (!example.isMissingNode()) {
            return type.equals("string") && !example.isString() ? Junk.quoted(example.toString()) : example.toString();
        }
        return switch (type) {
            case "integer", "number" -> String.valueOf(random.nextInt(100));
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "string" ->
                schema.path("format").asString("").equals("date-time") ? "\"2026-08-01T12:00:00Z\"" : "\"text\"";
            default -> junk.value();
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode found = schema;
        while (found.has("$ref")) {
            found = document.at(found.get("$ref").asString().substring(1));
        }
        for (String all : new String[] {"allOf", "oneOf", "anyOf"}) {
            if (found.path(all).size() > 0) {
                return resolved(found.get(all).get(0));
            }
        }
        return found;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asString() : type.asString("");
    }
}
