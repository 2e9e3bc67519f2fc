package io.strandline.engine.connector.jdbc;

import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.connector.record.RowFormatter;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;

/** A row as a JSON object, for people. */
final class RowText {

    private final RowType rows;
    private final RowFormatter json;

    RowText(RowType rows) {
        this.rows = rows;
        this.json = RecordFormat.JSON.formatter(rows);
    }

    /** @param row values as {@link StagedReader} has them */
    String of(Object[] row) {
        Batch batch = new Batch(rows, 1);
        for (int column = 0; column < row.length; column++) {
            switch (rows.column(column).type()) {
                case LONG, BOOLEAN, TIMESTAMP, DURATION -> batch.longs(column)[0] = (Long) row[column];
                case DOUBLE -> batch.doubles(column)[0] = (Double) row[column];
                case STRING, BYTES -> batch.objects(column)[0] = row[column];
            }
        }
        batch.size(1);
        StringBuilder text = new StringBuilder();
        json.append(batch, 0, text);
        return text.toString().stripTrailing();
    }
}
