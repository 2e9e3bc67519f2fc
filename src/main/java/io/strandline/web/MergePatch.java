package io.strandline.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON merge patch (RFC 7396) as a request body: fields replace, objects merge, {@code null} removes.
 *
 * @param patch the body as sent
 */
@Schema(type = "object", description = "A JSON merge patch: fields replace, objects merge, null removes.")
public record MergePatch(ObjectNode patch) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MergePatch {}

    public boolean has(String field) {
        return patch.has(field);
    }

    /** The resource after the patch, read back strictly: an unknown field or a wrong type is a problem with a pointer. */
    public <T> T applyTo(T current, Class<T> type, JsonMapper mapper) {
        JsonNode target = mapper.valueToTree(current);
        return mapper.treeToValue(merge(mapper, target, patch), type);
    }

    private static JsonNode merge(JsonMapper mapper, JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode before ? before : mapper.createObjectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String field = change.getKey();
            if (change.getValue().isNull()) {
                merged.remove(field);
            } else {
                JsonNode before = merged.has(field) ? merged.get(field) : mapper.nullNode();
                merged.set(field, merge(mapper, before, change.getValue()));
            }
        }
        return merged;
    }
}
