package io.strandline.engine.connector.record;

import io.strandline.engine.element.RowType;

/** How records are written. */
public enum RecordFormat {
    /** One JSON object a line. */
    JSON("json"),
    /** RFC 4180 with a header line; a quoted value may not contain a line break. */
    CSV("csv");

    private final String extension;

    RecordFormat(String extension) {
        this.extension = extension;
    }

    /** A file name's extension. */
    public String extension() {
        return extension;
    }

    /** Writes rows this way. */
    public RowFormatter formatter(RowType rows) {
        return this == JSON ? new JsonRowFormatter(rows) : new CsvRowFormatter(rows);
    }
}
