package io.strandline.inspect;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Column;
import io.strandline.state.SnapshotReader.KeyPrefix;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Reads a key as people write it in a query: a JSON value, an array of them for several columns, or bare text. Times are
 * ISO-8601 or epoch milliseconds, durations ISO-8601 or milliseconds.
 */
final class KeyReader {

    private final JsonMapper json;

    KeyReader(JsonMapper json) {
        this.json = json;
    }

    /**
     * The key as state readers take it: one boxed value a column.
     *
     * @throws StrandlineException {@code invalid-key}
     */
    List<Object> read(String text, List<Column> columns) {
        List<JsonNode> given = given(text, columns);
        if (given.size() != columns.size()) {
            throw invalid(text, columns, "it has %d values".formatted(given.size()));
        }
        List<Object> key = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            key.add(value(text, columns, index, given.get(index)));
        }
        return key;
    }

    /**
     * What keys are to begin with: an array of whole values of the first columns, or one value, which for a column of text is what
     * the text begins with.
     *
     * @throws StrandlineException {@code invalid-key}
     */
    KeyPrefix prefix(String text, List<Column> columns) {
        JsonNode node = parse(text);
        Column first = columns.get(0);
        if (!node.isArray() && !first.type().fixedWidth()) {
            JsonNode beginning = node.isString() ? node : StringNode.valueOf(text);
            return new KeyPrefix(List.of(), value(text, columns, 0, beginning));
        }
        List<JsonNode> given = node.isArray() ? List.copyOf(node.values()) : List.of(node);
        if (given.size() > columns.size()) {
            throw invalid(text, columns, "it has %d values".formatted(given.size()));
        }
        List<Object> leading = new ArrayList<>();
        for (int index = 0; index < given.size(); index++) {
            leading.add(value(text, columns, index, given.get(index)));
        }
        return new KeyPrefix(leading, null);
    }

    private List<JsonNode> given(String text, List<Column> columns) {
        JsonNode node = parse(text);
        if (node.isArray()) {
            return List.copyOf(node.values());
        }
        boolean bareText = columns.size() == 1 && !columns.get(0).type().fixedWidth() && !node.isString();
        return List.of(bareText ? StringNode.valueOf(text) : node);
    }

    private JsonNode parse(String text) {
        try {
            JsonNode node = json.readTree(text);
            return node.isMissingNode() ? StringNode.valueOf(text) : node;
        } catch (JacksonException e) {
            return StringNode.valueOf(text); // what is not JSON is meant literally
        }
    }

    private static Object value(String text, List<Column> columns, int index, JsonNode node) {
        Column column = columns.get(index);
        try {
            return switch (column.type()) {
                case STRING -> require(node.isString(), node.stringValue(""));
                case BYTES -> Base64.getDecoder().decode(require(node.isString(), node.stringValue("")));
                case LONG -> require(node.isIntegralNumber() && node.canConvertToLong(), node.longValue(0));
                case DOUBLE -> require(node.isNumber(), node.doubleValue(0));
                case BOOLEAN -> require(node.isBoolean(), node.booleanValue(false) ? 1L : 0L);
                case TIMESTAMP ->
                    node.isString()
                            ? OffsetDateTime.parse(node.stringValue())
                                    .toInstant()
                                    .toEpochMilli()
                            : require(node.isIntegralNumber() && node.canConvertToLong(), node.longValue(0));
                case DURATION ->
                    node.isString()
                            ? Duration.parse(node.stringValue()).toMillis()
                            : require(node.isIntegralNumber() && node.canConvertToLong(), node.longValue(0));
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw invalid(text, columns, "%s is no %s".formatted(node, column.type()));
        }
    }

    private static <T> T require(boolean fits, T value) {
        if (!fits) {
            throw new IllegalArgumentException("another type");
        }
        return value;
    }

    private static StrandlineException invalid(String text, List<Column> columns, String why) {
        String wanted = columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
        String detail = "The key %s does not fit (%s): %s.".formatted(text, wanted, why);
        return Problem.of(ErrorCode.INVALID_KEY, detail)
                .withError("key", detail)
                .asException();
    }
}
