package io.strandline.pipeline.reading;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Turns text into a tree, within limits that no sane document meets: size, depth, one document, no field twice, no YAML
 * aliases (a way to write a document that is small to send and large to read).
 */
final class DocumentText {

    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 64;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(100)
            .maxStringLength(MAX_BYTES)
            .maxNameLength(1_000)
            .build();

    private final JsonMapper json = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final YAMLMapper yaml = YAMLMapper.builder(
                    YAMLFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    JsonNode read(String text, Pipelines.Syntax syntax) {
        int bytes = text.length() > MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new StrandlineException(
                    ErrorCode.BODY_TOO_LARGE, "The pipeline document is larger than 1 MB (1048576 bytes).");
        }
        ObjectMapper mapper = syntax == Pipelines.Syntax.YAML ? yaml : json;
        try {
            if (syntax == Pipelines.Syntax.YAML) {
                refuseAliases(text);
            }
            JsonNode tree = mapper.readTree(text);
            if (tree.isMissingNode()) {
                throw malformed(syntax, "the document is empty");
            }
            return tree;
        } catch (JacksonException e) {
            throw malformed(syntax, place(e.getLocation()) + readable(e.getOriginalMessage()));
        }
    }

    private void refuseAliases(String text) {
        try (JsonParser parser = yaml.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser instanceof YAMLParser yamlParser && yamlParser.isCurrentAlias()) {
                    throw malformed(
                            Pipelines.Syntax.YAML,
                            place(parser.currentTokenLocation())
                                    + "aliases (*name) are not taken; write the value out");
                }
            }
        }
    }

    private static StrandlineException malformed(Pipelines.Syntax syntax, String what) {
        return new StrandlineException(
                ErrorCode.MALFORMED_BODY, "The pipeline document is not valid " + syntax + ": " + what + ".");
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() <= 0
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /** The parsers' messages without snippets, class names and advice to programmers. */
    private static String readable(String message) {
        if (message.startsWith("Trailing token")) {
            return "something follows the end of the document";
        }
        String words = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "))
                .replaceAll(" \\(start marker at .*", "")
                .replaceAll(", from `[^`]*`", "")
                .replace("Version{", "this version of YAML is not taken: {");
        return words.length() > 300 ? words.substring(0, 300) + "…" : words;
    }
}
