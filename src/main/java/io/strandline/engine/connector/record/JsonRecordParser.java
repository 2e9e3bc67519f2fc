package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads one JSON object (RFC 8259) a line straight into columns. Fields that are not in the schema are skipped, nested ones
 * too; of a field that comes twice the last counts.
 */
public final class JsonRecordParser implements RecordParser {

    private final ColumnWriter[] columns;
    private final byte[][] names;
    private final boolean[] seen;
    private final JsonScanner scanner = new JsonScanner();

    /** For records with these columns. */
    public JsonRecordParser(List<RecordColumn> columns) {
        this.columns = IntStream.range(0, columns.size())
                .mapToObj(index -> new ColumnWriter(columns.get(index), index))
                .toArray(ColumnWriter[]::new);
        this.names = columns.stream()
                .map(column -> column.name().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.seen = new boolean[columns.size()];
    }

    @Override
    public void parse(byte[] bytes, int from, int to, Batch into) throws RecordFormatException {
        Arrays.fill(seen, false);
        scanner.start(bytes, from, to);
        scanner.expect('{');
        int next = 0;
        if (!scanner.accept('}')) {
            do {
                next = field(next, into);
            } while (scanner.accept(','));
            scanner.expect('}');
        }
        scanner.expectEnd();
        for (int column = 0; column < seen.length; column++) {
            if (!seen[column]) {
                throw columns[column].missing();
            }
        }
    }

    /** Reads one field; {@code guess} is the column it is if fields come in the schema's order. */
    private int field(int guess, Batch into) throws RecordFormatException {
        int column = column(guess);
        scanner.expect(':');
        if (column < 0) {
            scanner.skipValue();
            return guess;
        }
        value(columns[column], into);
        seen[column] = true;
        return column + 1 == columns.length ? 0 : column + 1;
    }

    private int column(int guess) throws RecordFormatException {
        scanner.readString();
        if (scanner.stringIs(names[guess])) {
            return guess;
        }
        for (int column = 0; column < names.length; column++) {
            if (scanner.stringIs(names[column])) {
                return column;
            }
        }
        return -1;
    }

    private void value(ColumnWriter column, Batch into) throws RecordFormatException {
        switch (scanner.peek()) {
            case '"' -> {
                scanner.readString();
                column.string(scanner.string(), into);
            }
            case 't' -> {
                scanner.expectWord("true");
                column.bool(true, into);
            }
            case 'f' -> {
                scanner.expectWord("false");
                column.bool(false, into);
            }
            case 'n' -> {
                scanner.expectWord("null");
                throw column.mismatch("null");
            }
            case '{' -> throw column.mismatch("an object");
            case '[' -> throw column.mismatch("an array");
            default -> number(column, into);
        }
    }

    private void number(ColumnWriter column, Batch into) throws RecordFormatException {
        if (scanner.readNumber()) {
            column.integer(scanner.integer(), into);
        } else {
            column.number(scanner.string(), into);
        }
    }
}
