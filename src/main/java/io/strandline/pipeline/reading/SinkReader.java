package io.strandline.pipeline.reading;

import io.strandline.pipeline.FileFormat;
import io.strandline.pipeline.Scalars;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SinkSpec.DiscardSink;
import io.strandline.pipeline.SinkSpec.FileSink;
import io.strandline.pipeline.SinkSpec.JdbcSink;
import io.strandline.pipeline.SinkSpec.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a sink. */
final class SinkReader {

    private static final List<String> TYPES = List.of("file", "jdbc", "discard");
    private static final List<String> LATER = List.of("kafka", "http");
    private static final Pattern TABLE =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");
    private static final Pattern CONNECTION = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final int MOST_KEYS = 16;

    @Nullable
    SinkSpec read(String name, Fields fields) {
        String type = fields.type(TYPES, LATER);
        if (type == null) {
            return null;
        }
        String input = fields.text("input", "the name of a source or operator");
        SinkSpec sink = switch (type) {
            case "file" -> file(name, input, fields);
            case "jdbc" -> jdbc(name, input, fields);
            default -> new DiscardSink(name, input);
        };
        fields.refuseUnknown();
        return sink;
    }

    private static SinkSpec file(String name, String input, Fields fields) {
        String path = fields.path("path", false);
        FileFormat format = fields.choice("format", FileFormat.values(), FileFormat::wireName, null);
        return new FileSink(name, input, path, format);
    }

    private static SinkSpec jdbc(String name, String input, Fields fields) {
        String connection = fields.text("connection", "the name of a connection (strandline.connections)");
        if (!connection.isEmpty() && !CONNECTION.matcher(connection).matches()) {
            fields.wrong(
                    "connection",
                    "a connection's name is made of a-z, 0-9 and '-' and begins with a letter; found '"
                            + Scalars.shorten(connection) + "'");
        }
        String table = fields.text("table", "the name of a table");
        if (!table.isEmpty() && !TABLE.matcher(table).matches()) {
            fields.wrong(
                    "table",
                    "a table's name of letters, digits and '_', with a schema and '.' before it if need be, is expected;"
                            + " found '" + Scalars.shorten(table) + "'");
        }
        Mode mode = fields.choice("mode", Mode.values(), Mode::name, null);
        List<String> keys = keys(mode, fields);
        return new JdbcSink(name, input, connection, table, mode, keys, ErrorPolicyReader.read(fields));
    }

    private static List<String> keys(Mode mode, Fields fields) {
        List<JsonNode> nodes = fields.list("keys", MOST_KEYS);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            if (!node.isString() || keys.contains(node.stringValue())) {
                fields.wrongAt(
                        "keys", i, "the name of a column, each once, is expected; found " + Scalars.describe(node));
            } else {
                keys.add(node.stringValue());
            }
        }
        if (mode == Mode.UPSERT && !fields.has("keys")) {
            fields.wrong("keys", "missing; UPSERT needs the columns that tell rows apart");
        } else if (mode == Mode.UPSERT && nodes.isEmpty() && fields.sound()) {
            fields.wrong("keys", "at least one column is expected");
        } else if (mode == Mode.APPEND && fields.has("keys")) {
            fields.wrong("keys", "APPEND adds every row; leave keys out, or use mode UPSERT");
        }
        return keys;
    }
}
