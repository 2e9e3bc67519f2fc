package io.strandline.engine.connector.record;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** One JSON object a line; timestamps as ISO-8601 UTC, durations as ISO-8601, doubles that are no numbers as null. */
final class JsonRowFormatter implements RowFormatter {

    private final RowType rows;
    private final String[] names;

    JsonRowFormatter(RowType rows) {
        this.rows = rows;
        this.names = new String[rows.size()];
        for (int column = 0; column < names.length; column++) {
            StringBuilder name = new StringBuilder(column == 0 ? "{" : ",");
            JsonEscapes.append(rows.column(column).name(), name);
            names[column] = name.append(':').toString();
        }
    }

    @Override
    public String header() {
        return "";
    }

    @Override
    public void append(Batch batch, int row, StringBuilder into) {
        for (int column = 0; column < names.length; column++) {
            into.append(names[column]);
            value(batch, column, row, into);
        }
        into.append("}\n");
    }

    private void value(Batch batch, int column, int row, StringBuilder into) {
        switch (rows.column(column).type()) {
            case LONG -> into.append(batch.longs(column)[row]);
            case BOOLEAN -> into.append(batch.longs(column)[row] != 0);
            case TIMESTAMP ->
                into.append('"')
                        .append(Instant.ofEpochMilli(batch.longs(column)[row]))
                        .append('"');
            case DURATION ->
                into.append('"')
                        .append(Duration.ofMillis(batch.longs(column)[row]))
                        .append('"');
            case DOUBLE -> number(batch.doubles(column)[row], into);
            case STRING -> JsonEscapes.append((String) batch.objects(column)[row], into);
            case BYTES ->
                into.append('"')
                        .append(Base64.getEncoder().encodeToString((byte[]) batch.objects(column)[row]))
                        .append('"');
        }
    }

    private static void number(double value, StringBuilder into) {
        if (Double.isFinite(value)) {
            into.append(value);
        } else {
            into.append("null");
        }
    }
}
