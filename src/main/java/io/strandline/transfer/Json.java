package io.strandline.transfer;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the small JSON documents of an archive, strictly: a field too many is refused like one too few. */
final class Json {

    private static final int DEEPEST = 8;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** An object with these fields, those that end in a question mark being optional. */
    JsonNode object(byte[] document, String name, List<String> fields) throws MalformedArchiveException {
        try {
            return requireFields(mapper.readTree(document), name, fields);
        } catch (JacksonException e) {
            throw new MalformedArchiveException(name + " is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    static JsonNode requireFields(JsonNode node, String name, List<String> fields) throws MalformedArchiveException {
        if (!node.isObject()) {
            throw new MalformedArchiveException(name + " is not an object");
        }
        Set<String> found = Set.copyOf(node.propertyNames());
        for (String field : fields) {
            if (!field.endsWith("?") && !found.contains(field)) {
                throw new MalformedArchiveException(name + " has no " + field);
            }
        }
        for (String field : found) {
            if (!fields.contains(field) && !fields.contains(field + "?")) {
                throw new MalformedArchiveException(name + " has a field '" + field + "' that is of no use here");
            }
        }
        return node;
    }

    static void requireText(JsonNode node, String field, String expected, String name)
            throws MalformedArchiveException {
        JsonNode value = node.path(field);
        if (!value.isString() || !value.asString().equals(expected)) {
            throw new MalformedArchiveException(
                    name + "/" + field + " is " + value + "; this software reads " + expected);
        }
    }

    static void requireSchemaVersion(JsonNode node, String name) throws MalformedArchiveException {
        JsonNode version = node.path("schemaVersion");
        if (!version.isInt() || version.asInt() != 2) {
            throw new MalformedArchiveException(name + "/schemaVersion is " + version + ", not 2");
        }
    }

    /** An OCI descriptor. */
    static Blob descriptor(JsonNode node, String name) throws MalformedArchiveException {
        JsonNode mediaType = node.path("mediaType");
        JsonNode digest = node.path("digest");
        JsonNode size = node.path("size");
        if (!mediaType.isString() || !digest.isString() || !size.isIntegralNumber() || !size.canConvertToLong()) {
            throw new MalformedArchiveException(name + " is no descriptor");
        }
        try {
            return new Blob(mediaType.asString(), Digest.parse(digest.asString()), size.asLong());
        } catch (IllegalArgumentException e) {
            throw new MalformedArchiveException(name + ": " + e.getMessage(), e);
        }
    }
}
