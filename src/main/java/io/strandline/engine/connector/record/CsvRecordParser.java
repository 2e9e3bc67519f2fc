package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads comma-separated lines whose columns a header names, in any order; columns that are not in the schema are skipped. */
public final class CsvRecordParser implements RecordParser {

    private final List<ColumnWriter> columns;
    private final int[] positions;
    private final int width;

    /**
     * @param header the file's first line
     * @throws RecordFormatException when it does not name every column of the schema
     */
    public CsvRecordParser(List<RecordColumn> columns, String header) throws RecordFormatException {
        this.columns = IntStream.range(0, columns.size())
                .mapToObj(index -> new ColumnWriter(columns.get(index), index))
                .toList();
        List<String> names = split(header);
        this.width = names.size();
        this.positions = new int[columns.size()];
        for (int column = 0; column < positions.length; column++) {
            positions[column] = names.indexOf(columns.get(column).name());
            if (positions[column] < 0) {
                throw new RecordFormatException("the header names " + names + ", not '"
                        + columns.get(column).name() + "'");
            }
        }
    }

    @Override
    public void parse(byte[] bytes, int from, int to, Batch into) throws RecordFormatException {
        List<String> values = split(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        if (values.size() != width) {
            throw new RecordFormatException("%d values where the header names %d".formatted(values.size(), width));
        }
        for (int column = 0; column < positions.length; column++) {
            String value = values.get(positions[column]);
            ColumnWriter writer = columns.get(column);
            if (value.isEmpty() && writer.column().type().fixedWidth()) {
                throw writer.missing();
            }
            writer.text(value, into);
        }
    }

    private static List<String> split(String line) throws RecordFormatException {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        List<String> values = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder value = new StringBuilder();
            at = at < text.length() && text.charAt(at) == '"' ? quoted(text, at + 1, value) : plain(text, at, value);
            values.add(value.toString());
            if (at >= text.length()) {
                return values;
            }
            if (text.charAt(at) != ',') {
                throw new RecordFormatException("text behind a closing quote at column " + (at + 1));
            }
            at++;
        }
    }

    private static int plain(String text, int from, StringBuilder value) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? text.length() : comma;
        value.append(text, from, to);
        return to;
    }

    private static int quoted(String text, int from, StringBuilder value) throws RecordFormatException {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else {
                return at;
            }
        }
        throw new RecordFormatException("a quoted value does not end on its line");
    }
}
