package io.strandline.api.operator;

import io.strandline.api.type.Columns;
import io.strandline.api.type.Row;
import io.strandline.api.type.Type;
import io.strandline.api.type.Types;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.ObjectCodec;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of a stream travel in batches: rows in a column each, everything else in one; objects as they are. */
public final class StreamForm<T> {

    private static final String VALUE = "value";
    private static final String KEY = "key";

    private final Type<T> type;
    private final @Nullable Columns columns;
    private final int first;
    private final RowType rows;

    private StreamForm(Type<T> type, @Nullable Columns columns, int first, RowType rows) {
        this.type = type;
        this.columns = columns;
        this.first = first;
        this.rows = rows;
    }

    /** Rows in a column each, other values in one column. */
    public static <T> StreamForm<T> of(Type<T> type) {
        Columns columns = type.columns();
        RowType rows = columns == null
                ? new RowType(List.of(type.column(VALUE)), new Objects(List.of(type)))
                : new RowType(columns.toList(), new Objects(columns.types()));
        return new StreamForm<>(type, columns, 0, rows);
    }

    /** Values in one column, behind one with their keys. */
    public static <T> StreamForm<T> keyed(Type<?> key, Type<T> type) {
        List<Column> both = List.of(key.column(KEY), type.column(VALUE));
        return new StreamForm<>(type, null, 1, new RowType(both, new Objects(List.of(Types.BYTES, type))));
    }

    /** Rows in a column each. */
    public static StreamForm<Row> of(Columns columns) {
        return of(Types.row(columns));
    }

    /** The type of the values. */
    public Type<T> type() {
        return type;
    }

    /** The columns of the batches. */
    public RowType rows() {
        return rows;
    }

    /** The value in a row. */
    public T read(Batch batch, int row) {
        if (columns == null) {
            Object array = batch.column(first);
            return type.columnType() == ColumnType.BYTES ? type.check(((Object[]) array)[row]) : type.get(array, row);
        }
        List<Object> values = new ArrayList<>(columns.size());
        for (int column = 0; column < columns.size(); column++) {
            values.add(columns.types().get(column).get(batch.column(column), row));
        }
        return type.check(Row.of(columns, values.toArray()));
    }

    /** Puts a value into a row. */
    public void write(@Nullable T value, Batch batch, int row) {
        T checked = type.check(value);
        if (columns == null) {
            put(type, checked, batch.column(first), row);
            return;
        }
        Row parts = (Row) checked;
        for (int column = 0; column < columns.size(); column++) {
            put(columns.types().get(column), parts.get(column), batch.column(column), row);
        }
    }

    private static <P> void put(Type<P> type, Object value, Object array, int row) {
        if (type.columnType() == ColumnType.BYTES) {
            ((Object[]) array)[row] = value;
        } else {
            type.put(type.check(value), array, row);
        }
    }

    /** Writes objects down, and plain bytes as they are. */
    private record Objects(List<Type<?>> types) implements ObjectCodec {

        @Override
        public byte[] encode(int column, Object value) {
            return types.get(column) == Types.BYTES
                    ? (byte[]) value
                    : types.get(column).encode(value);
        }

        @Override
        public Object decode(int column, byte[] content) {
            return types.get(column) == Types.BYTES
                    ? content
                    : types.get(column).decode(content);
        }
    }
}
