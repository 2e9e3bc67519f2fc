package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes documents as JSON-ready maps, fields always in the same order. */
public final class PolicyWriter {

    private PolicyWriter() {}

    /** What a level says, as it would be sent; a field that is switched off is null. */
    public static Map<String, @Nullable Object> document(PolicyDocument document) {
        return tree(
                document.fields().keySet(),
                field -> plain(document.fields().get(field).orElse(null)));
    }

    /** What is in force: each field as {@code {value, setBy}}. */
    public static Map<String, @Nullable Object> effective(EffectivePolicy effective) {
        return tree(effective.values().keySet(), field -> {
            Map<String, @Nullable Object> described = new LinkedHashMap<>();
            described.put("value", plain(effective.values().get(field).orElse(null)));
            described.put("setBy", effective.setBy().get(field).name());
            return described;
        });
    }

    private static Map<String, @Nullable Object> tree(
            Collection<PolicyField> fields, Function<PolicyField, @Nullable Object> value) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> groups = new LinkedHashMap<>();
        for (PolicyField field : new TreeSet<>(fields)) {
            if (field.group().isEmpty()) {
                root.put(field.key(), value.apply(field));
            } else {
                Map<String, @Nullable Object> group = groups.computeIfAbsent(field.group(), name -> {
                    Map<String, @Nullable Object> fresh = new LinkedHashMap<>();
                    root.put(name, fresh);
                    return fresh;
                });
                group.put(field.key(), value.apply(field));
            }
        }
        return root;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Integer) {
            return value;
        }
        if (value instanceof Collection<?> kinds) {
            return names(kinds);
        }
        return value instanceof Duration duration ? Words.iso(duration) : value.toString();
    }

    private static List<String> names(Collection<?> kinds) {
        return kinds.stream()
                .map(SnapshotKind.class::cast)
                .sorted()
                .map(SnapshotKind::name)
                .toList();
    }
}
