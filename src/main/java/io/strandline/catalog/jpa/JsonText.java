package io.strandline.catalog.jpa;

import io.strandline.catalog.SinkChoice;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How values lie in text columns; the same value is always the same text. */
final class JsonText {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
    private static final TypeReference<List<LineSegment>> LINE = new TypeReference<>() {};

    private static final TypeReference<Map<String, SinkChoice>> SINKS = new TypeReference<>() {};

    private JsonText() {}

    static String ofSinks(Map<String, SinkChoice> sinks) {
        return JSON.writeValueAsString(new TreeMap<>(sinks));
    }

    static Map<String, SinkChoice> sinks(String text) {
        return JSON.readValue(text, SINKS);
    }

    static String of(Map<String, String> labels) {
        return JSON.writeValueAsString(new TreeMap<>(labels));
    }

    static String of(List<LineSegment> line) {
        return JSON.writeValueAsString(line);
    }

    static Map<String, String> labels(String text) {
        return JSON.readValue(text, LABELS);
    }

    static List<LineSegment> line(String text) {
        return JSON.readValue(text, LINE);
    }

    static @Nullable SnapshotId id(@Nullable String text) {
        return text == null ? null : SnapshotId.parse(text);
    }

    static @Nullable String text(@Nullable SnapshotId id) {
        return id == null ? null : id.toString();
    }
}
