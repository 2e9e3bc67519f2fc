package io.strandline.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * An object of a JSON document, taken apart field by field; {@link #end} refuses fields that nobody took.
 *
 * <p>A document longer than 64 MiB, nested deeper than 16 or with a field twice in an object is refused.
 */
final class JsonObject {

    private static final int MAX_BYTES = 64 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_BYTES)
                    .maxStringLength(MAX_BYTES)
                    .maxNestingDepth(16)
                    .maxNumberLength(20)
                    .maxNameLength(128)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String path;
    private final Map<String, @Nullable Object> fields;
    private final Set<String> taken = new HashSet<>();

    private JsonObject(String path, Map<String, @Nullable Object> fields) {
        this.path = path;
        this.fields = fields;
    }

    /**
     * Reads a document that is one object.
     *
     * @param name what to call the document in messages
     */
    static JsonObject read(byte[] document, String name) throws MalformedManifestException {
        if (document.length > MAX_BYTES) {
            throw new MalformedManifestException(name + " is longer than " + MAX_BYTES + " bytes", null);
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedManifestException(name + " is not a JSON object", null);
            }
            Map<String, @Nullable Object> fields = readFields(parser, name);
            if (parser.nextToken() != null) {
                throw new MalformedManifestException(name + " has more after its end", null);
            }
            return new JsonObject(name, fields);
        } catch (JacksonException e) {
            // where the parser saw an object begin helps nobody, and is said in its own terms
            String words = String.valueOf(e.getOriginalMessage()).replaceFirst("(?s) \\(start marker at .*", "");
            throw new MalformedManifestException(name + " is not valid JSON: " + words, e);
        }
    }

    private static Map<String, @Nullable Object> readFields(JsonParser parser, String path)
            throws MalformedManifestException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, readValue(parser, path + "/" + name));
        }
        return fields;
    }

    private static @Nullable Object readValue(JsonParser parser, String path) throws MalformedManifestException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> new JsonObject(path, readFields(parser, path));
            case START_ARRAY -> readElements(parser, path);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new MalformedManifestException(path + " has a value of no use here", null);
        };
    }

    private static List<@Nullable Object> readElements(JsonParser parser, String path)
            throws MalformedManifestException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(readValue(parser, path + "/" + elements.size()));
        }
        return elements;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String text(String name) throws MalformedManifestException {
        return take(name, String.class, "a string");
    }

    /** A string that must be exactly this one. */
    void constant(String name, String expected) throws MalformedManifestException {
        String found = text(name);
        if (!found.equals(expected)) {
            throw wrong(name, "is " + found + "; this software reads " + expected);
        }
    }

    long number(String name) throws MalformedManifestException {
        return take(name, Long.class, "a whole number");
    }

    boolean bool(String name) throws MalformedManifestException {
        return take(name, Boolean.class, "true or false");
    }

    /** Epoch milliseconds; null stands for none yet and is {@code Long.MIN_VALUE}. */
    long time(String name) throws MalformedManifestException {
        if (has(name) && fields.get(name) == null) {
            taken.add(name);
            return Long.MIN_VALUE;
        }
        return number(name);
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) throws MalformedManifestException {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw wrong(name, "is " + text + ", which is no " + type.getSimpleName());
    }

    /** A whole number written as a string, as annotations have it. */
    long digits(String name) throws MalformedManifestException {
        String text = text(name);
        try {
            long value = Long.parseLong(text);
            if (Long.toString(value).equals(text)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new MalformedManifestException(path + "/" + name + " is " + text + ", not a whole number", e);
        }
        throw wrong(name, "is " + text + ", not written as numbers are");
    }

    /** Like {@link #digits}, at most {@code Integer.MAX_VALUE}. */
    int smallDigits(String name) throws MalformedManifestException {
        long value = digits(name);
        if (value != (int) value) {
            throw wrong(name, "is " + value + ", too large");
        }
        return (int) value;
    }

    JsonObject object(String name) throws MalformedManifestException {
        return take(name, JsonObject.class, "an object");
    }

    List<JsonObject> objects(String name) throws MalformedManifestException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : take(name, List.class, "an array")) {
            if (!(element instanceof JsonObject object)) {
                throw wrong(name, "is not an array of objects");
            }
            objects.add(object);
        }
        return objects;
    }

    /** Refuses fields that were not taken. */
    void end() throws MalformedManifestException {
        for (String name : fields.keySet()) {
            if (!taken.contains(name)) {
                throw wrong(name, "is not a field of this format");
            }
        }
    }

    MalformedManifestException wrong(String name, String what) {
        return new MalformedManifestException(path + "/" + name + " " + what, null);
    }

    private <T> T take(String name, Class<T> type, String what) throws MalformedManifestException {
        Object value = fields.get(name);
        if (value == null) {
            throw wrong(name, "is missing");
        }
        if (!type.isInstance(value)) {
            throw wrong(name, "is not " + what);
        }
        taken.add(name);
        return type.cast(value);
    }
}
