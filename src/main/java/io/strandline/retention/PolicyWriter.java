package io.strandline.retention;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes documents as JSON-ready maps, fields always in the same order. */
public final class PolicyWriter {

    private PolicyWriter() {}

    /** What a level says, as it would be sent; a field that is switched off is null. */
    public static Map<String, @Nullable Object> document(PolicyDocument document) {
        Map<PolicyField, @Nullable Object> fields = new EnumMap<>(PolicyField.class);
        document.fields().forEach((field, value) -> fields.put(field, plain(value.orElse(null))));
        return tree(fields);
    }

    /** What is in force: each field as {@code {value, setBy}}. */
    public static Map<String, @Nullable Object> effective(EffectivePolicy effective) {
        Map<PolicyField, @Nullable Object> fields = new EnumMap<>(PolicyField.class);
        effective.setBy().forEach((field, level) -> {
            Map<String, @Nullable Object> described = new LinkedHashMap<>();
            described.put("value", plain(effective.value(field).orElse(null)));
            described.put("setBy", level.name());
            fields.put(field, described);
        });
        return tree(fields);
    }

    private static Map<String, @Nullable Object> tree(Map<PolicyField, @Nullable Object> fields) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> groups = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            if (field.group().isEmpty()) {
                root.put(field.key(), value);
            } else {
                Map<String, @Nullable Object> group = groups.computeIfAbsent(field.group(), name -> {
                    Map<String, @Nullable Object> fresh = new LinkedHashMap<>();
                    root.put(name, fresh);
                    return fresh;
                });
                group.put(field.key(), value);
            }
        });
        return root;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number) {
            return value;
        }
        if (value instanceof Collection<?> members) {
            return names(members);
        }
        return value instanceof Duration duration ? Words.iso(duration) : value.toString();
    }

    /** Kinds in the order of their life, labels in that of the alphabet. */
    private static List<String> names(Collection<?> members) {
        return members.stream().sorted().map(Object::toString).toList();
    }
}
