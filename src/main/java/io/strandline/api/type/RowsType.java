package io.strandline.api.type;

import org.jspecify.annotations.Nullable;

/** Rows of given columns. */
final class RowsType extends StructType<Row> {

    private final Columns columns;

    RowsType(Columns columns) {
        super(columns.names(), columns.types());
        this.columns = columns;
    }

    @Override
    public Row check(@Nullable Object value) {
        if (value instanceof Row row && row.columns().equals(columns)) {
            return row;
        }
        throw misfit(value);
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    Row zero() {
        return of(columns.types().stream().map(Type::zero).toArray());
    }

    @Override
    Object[] parts(Row value) {
        return value.values().toArray();
    }

    @Override
    Row of(Object[] parts) {
        return Row.of(columns, parts);
    }
}
