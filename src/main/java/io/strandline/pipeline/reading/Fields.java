package io.strandline.pipeline.reading;

import io.strandline.expression.NearestName;
import io.strandline.pipeline.Scalars;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the fields of one object of a document. What is wrong goes into the {@link Findings} and a placeholder comes
 * back, so that reading goes on; whoever builds a value asks {@link #sound()} first.
 */
final class Fields {

    private static final String DEMO = "demo:";
    static final Duration LONGEST = Duration.ofDays(36_500);

    private final JsonNode object;
    private final String pointer;
    private final Findings findings;
    private final int before;
    private final boolean readable;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(JsonNode node, String pointer, Findings findings) {
        this.before = findings.count();
        this.pointer = pointer;
        this.findings = findings;
        if (!node.isObject()) {
            findings.add(pointer, "an object of fields is expected; found " + Scalars.describe(node));
        }
        this.readable = node.isObject();
        this.object = readable ? node : JsonNodeFactory.instance.objectNode();
    }

    /** True if nothing was found wrong since this object was begun. */
    boolean sound() {
        return findings.count() == before;
    }

    String pointer(String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    void wrong(String field, String detail) {
        findings.add(pointer(field), detail);
    }

    void wrongAt(String list, int index, String detail) {
        findings.add(pointer(list) + "/" + index, detail);
    }

    void notSupported(String field, String what) {
        findings.addNotSupported(pointer(field), what + " is not supported by this release");
    }

    boolean has(String field) {
        known.add(field);
        return object.has(field);
    }

    /** The field's node; a finding and null if it is missing. */
    @Nullable
    JsonNode required(String field, String wanted) {
        known.add(field);
        JsonNode node = object.get(field);
        if (node == null && readable) {
            wrong(field, "missing; " + wanted + " is required");
        }
        return node;
    }

    @Nullable
    JsonNode optional(String field) {
        known.add(field);
        return object.get(field);
    }

    String text(String field, String wanted) {
        JsonNode node = required(field, wanted);
        return node == null ? "" : text(field, wanted, node);
    }

    @Nullable
    String optionalText(String field, String wanted) {
        JsonNode node = optional(field);
        return node == null ? null : text(field, wanted, node);
    }

    private String text(String field, String wanted, JsonNode node) {
        if (!node.isString()) {
            wrong(field, wanted + " is expected; found " + Scalars.describe(node));
            return "";
        }
        return node.stringValue();
    }

    /** A whole number; a missing one is the default, or a finding without one. */
    long integer(String field, long min, long max, @Nullable Long byDefault) {
        String wanted = "a whole number from " + min + " to " + max;
        JsonNode node = byDefault == null ? required(field, wanted) : optional(field);
        if (node == null) {
            return byDefault == null ? min : byDefault;
        }
        return integer(field, wanted, min, max, node);
    }

    @Nullable
    Long optionalInteger(String field, long min, long max) {
        JsonNode node = optional(field);
        return node == null ? null : integer(field, "a whole number from " + min + " to " + max, min, max, node);
    }

    private long integer(String field, String wanted, long min, long max, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            wrong(field, wanted + " is expected; found " + Scalars.describe(node));
            return min;
        }
        return node.longValue();
    }

    Duration duration(String field, Duration shortest, @Nullable Duration byDefault) {
        JsonNode node = byDefault == null ? required(field, "a duration such as PT1H") : optional(field);
        if (node == null) {
            return byDefault == null ? shortest : byDefault;
        }
        return durationOf(field, shortest, node);
    }

    @Nullable
    Duration optionalDuration(String field, Duration shortest) {
        JsonNode node = optional(field);
        return node == null ? null : durationOf(field, shortest, node);
    }

    Duration durationOf(String field, Duration shortest, JsonNode node) {
        Duration duration = node.isString() ? Scalars.readDuration(node.stringValue()) : null;
        if (duration == null) {
            wrong(
                    field,
                    "an ISO 8601 duration such as PT10S, PT0.5S or P1D is expected; found " + Scalars.describe(node));
            return shortest;
        }
        if (duration.compareTo(shortest) < 0 || duration.compareTo(LONGEST) > 0) {
            wrong(field, "a duration from " + shortest + " to P36500D is expected; found " + Scalars.describe(node));
        } else if (duration.toNanosPart() % 1_000_000 != 0) {
            wrong(field, "whole milliseconds are expected; found " + Scalars.describe(node));
        }
        return duration;
    }

    long bytes(String field, long min, long byDefault) {
        JsonNode node = optional(field);
        if (node == null) {
            return byDefault;
        }
        Optional<Long> size =
                node.isString() || node.isIntegralNumber() ? Scalars.readBytes(node.asString()) : Optional.empty();
        if (size.isEmpty()) {
            wrong(field, "a size such as 256MB (bytes, KB, MB or GB) is expected; found " + Scalars.describe(node));
        } else if (size.get() < min) {
            wrong(field, "at least " + Scalars.writeBytes(min) + " is expected; found " + Scalars.describe(node));
        }
        return size.orElse(byDefault);
    }

    /** One of a closed set of words; a missing one is the default, or a finding without one. */
    <E extends Enum<E>> E choice(String field, E[] values, Function<E, String> word, @Nullable E byDefault) {
        List<String> words = Stream.of(values).map(word).toList();
        String wanted = "one of " + String.join(", ", words);
        JsonNode node = byDefault == null ? required(field, wanted) : optional(field);
        if (node == null) {
            return byDefault == null ? values[0] : byDefault;
        }
        int index = node.isString() ? words.indexOf(node.stringValue()) : -1;
        if (index < 0) {
            wrong(field, wanted + " is expected; found " + Scalars.describe(node) + Scalars.hint(node, words));
        }
        return values[Math.max(0, index)];
    }

    /** The kind of a node; a finding and null for one that is not there, not known or not supported yet. */
    @Nullable
    String type(List<String> supported, List<String> later) {
        String wanted = "one of " + String.join(", ", supported);
        JsonNode node = required("type", wanted);
        if (node == null) {
            return null;
        }
        String type = node.isString() ? node.stringValue() : "";
        if (supported.contains(type)) {
            return type;
        }
        if (later.contains(type)) {
            notSupported("type", "the type '" + type + "'");
        } else {
            wrong("type", wanted + " is expected; found " + Scalars.describe(node) + Scalars.hint(node, supported));
        }
        return null;
    }

    /** A path below a files root; whether it exists is found out when the job is made. */
    String path(String field, boolean demoAllowed) {
        String path = text(field, "a path below the files root");
        boolean demo = path.startsWith(DEMO);
        if (demo && !demoAllowed) {
            wrong(field, "the bundled data cannot be written to; write a path below the files root");
        } else if (has(field)
                && object.get(field).isString()
                && Scalars.isNoPathBelow(demo ? path.substring(DEMO.length()) : path)) {
            wrong(
                    field,
                    "a relative path below the files root is expected, with '/' between names that do not begin with"
                            + " '.'; found '" + Scalars.shorten(path) + "'");
        }
        return path;
    }

    /** The object in a field; without the field, an empty one. */
    Fields object(String field) {
        JsonNode node = optional(field);
        return new Fields(node == null ? JsonNodeFactory.instance.objectNode() : node, pointer(field), findings);
    }

    /** The elements of a list; a missing one is empty, and so is one with more than max elements. */
    List<JsonNode> list(String field, int max) {
        JsonNode node = optional(field);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > max) {
            wrong(
                    field,
                    "a list of at most " + max + " is expected; found "
                            + (node.isArray() ? node.size() + " elements" : Scalars.describe(node)));
            return List.of();
        }
        return List.copyOf(node.values());
    }

    /** The members of a required object of names to texts, in order. */
    Map<String, String> texts(String field, String wanted, int max) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonNode node = required(field, wanted);
        if (node == null) {
            return texts;
        }
        if (!node.isObject() || node.isEmpty() || node.size() > max) {
            wrong(
                    field,
                    wanted + " (1 to " + max + " of them) is expected; found "
                            + (node.isObject() ? node.size() + " members" : Scalars.describe(node)));
            return texts;
        }
        Fields members = new Fields(node, pointer(field), findings);
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String text = members.text(member.getKey(), "text (put it in quotes)", member.getValue());
            if (member.getValue().isString()) {
                texts.put(member.getKey(), text);
            }
        }
        return texts;
    }

    /** Adds a finding for each field that nobody has asked for. */
    void refuseUnknown() {
        List<String> names = new ArrayList<>(known);
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                wrong(
                        name,
                        "unknown field '" + Scalars.shorten(name) + "'" + NearestName.hint(name, names)
                                + " (fields here: " + String.join(", ", names) + ")");
            }
        }
    }
}
