package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;

/** Comma-separated lines behind a header (RFC 4180); values with a comma, quote or line break are quoted. */
final class CsvRowFormatter implements RowFormatter {

    private final RowType rows;
    private final String header;

    CsvRowFormatter(RowType rows) {
        this.rows = rows;
        this.header = rows.columns().stream().map(Column::name).collect(Collectors.joining(",", "", "\n"));
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public void append(Batch batch, int row, StringBuilder into) {
        for (int column = 0; column < rows.size(); column++) {
            if (column > 0) {
                into.append(',');
            }
            value(batch, column, row, into);
        }
        into.append('\n');
    }

    private void value(Batch batch, int column, int row, StringBuilder into) {
        switch (rows.column(column).type()) {
            case LONG -> into.append(batch.longs(column)[row]);
            case BOOLEAN -> into.append(batch.longs(column)[row] != 0);
            case TIMESTAMP -> into.append(Instant.ofEpochMilli(batch.longs(column)[row]));
            case DURATION -> into.append(Duration.ofMillis(batch.longs(column)[row]));
            case DOUBLE -> into.append(batch.doubles(column)[row]);
            case STRING -> text((String) batch.objects(column)[row], into);
            case BYTES -> into.append(Base64.getEncoder().encodeToString((byte[]) batch.objects(column)[row]));
        }
    }

    private static void text(String value, StringBuilder into) {
        boolean quote = value.indexOf(',') >= 0
                || value.indexOf('"') >= 0
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0;
        if (quote) {
            into.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            into.append(value);
        }
    }
}
