package io.strandline.web.guard;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.errors.BodyProblems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Walks a JSON or YAML body token by token: syntax, depth, lengths of strings and arrays, no field twice, no NUL. */
final class BodyShape {

    static final int MAX_DEPTH = 64;
    static final int MAX_ARRAY = 10_000;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final YAMLFactory yaml = YAMLFactory.builder()
            .streamReadConstraints(constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(BodyFilter.MAX_BYTES)
                .build();
    }

    /** What is wrong with the body's shape; null if nothing is, or if it is neither JSON nor YAML. */
    @Nullable
    Problem check(byte[] body, @Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.contains("*")) {
            return Problem.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "A body is of one type; Content-Type '" + contentType + "' names many. Send application/json.");
        }
        if (type.contains("json")) {
            return walk(json, body);
        }
        return type.contains("yaml") ? walk(yaml, body) : null;
    }

    private static @Nullable Problem walk(TokenStreamFactory factory, byte[] body) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                TokenStreamContext context = parser.streamReadContext();
                if (context.inArray() && context.getEntryCount() > MAX_ARRAY) {
                    return tooLongArray(context);
                }
                if (isText(token) && parser.getString().indexOf('\0') >= 0) {
                    return nul(context);
                }
            }
            return null;
        } catch (StreamConstraintsException limit) {
            String detail = "nested deeper than " + MAX_DEPTH + " levels, or a number or name too long";
            return Problem.of(ErrorCode.INVALID_BODY, "The body is " + detail + ".")
                    .withError("", detail);
        } catch (JacksonException malformed) {
            return BodyProblems.of(malformed);
        }
    }

    private static boolean isText(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
    }

    private static Problem nul(TokenStreamContext context) {
        String detail = "text with a NUL character, which not every database can keep; leave it out";
        return Problem.of(ErrorCode.INVALID_BODY, "The body has " + detail + ".")
                .withError(context.pathAsPointer().toString(), detail);
    }

    private static Problem tooLongArray(TokenStreamContext context) {
        TokenStreamContext parent = context.getParent();
        String pointer = parent == null ? "" : parent.pathAsPointer().toString();
        String detail = "an array of more than " + MAX_ARRAY + " items";
        return Problem.of(ErrorCode.INVALID_BODY, "The body has " + detail + ".")
                .withError(pointer, detail);
    }
}
