package io.strandline.runner.connect;

import io.strandline.engine.element.RowType;
import io.strandline.expression.RowSchema;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;

/** A pipeline's rows as the engine's. */
public final class RowTypes {

    private RowTypes() {}

    /** The same columns in the same order. */
    public static RowType of(RowSchema schema) {
        return new RowType(schema.columns().stream()
                .map(column -> new Column(
                        column.name(), ColumnType.valueOf(column.type().name())))
                .toList());
    }
}
