package io.strandline.api.type;

import io.strandline.snapshot.Column;
import java.util.List;

/** How a key lies in key columns: a row in a column each, everything else in one. */
public final class KeyForm<K> {

    private final Type<K> type;
    private final List<Column> columns;
    private final List<Type<?>> types;

    private KeyForm(Type<K> type, List<Column> columns, List<Type<?>> types) {
        this.type = type;
        this.columns = columns;
        this.types = types;
    }

    /** Keys in one column. */
    public static <K> KeyForm<K> of(String column, Type<K> type) {
        if (type.equals(Types.BYTES)) {
            throw new IllegalArgumentException("bytes do not tell whether they are equal; a key is of another type");
        }
        return new KeyForm<>(type, List.of(type.column(column)), List.of(type));
    }

    /** Rows of key columns. */
    public static KeyForm<Row> of(Columns columns) {
        return new KeyForm<>(Types.row(columns), columns.toList(), columns.types());
    }

    /** The key's type. */
    public Type<K> type() {
        return type;
    }

    /** The key columns. */
    public List<Column> columns() {
        return columns;
    }

    /** Writes a key that {@link Type#check} lets pass into row {@code row} of an array a column. */
    public void write(K key, Object[] arrays, int row) {
        if (key instanceof Row parts && type instanceof RowsType) {
            for (int i = 0; i < arrays.length; i++) {
                write(types.get(i), parts.get(i), arrays[i], row);
            }
        } else {
            write(type, key, arrays[0], row);
        }
    }

    /** Reads the key in row {@code row} of an array a column. */
    public K read(Object[] arrays, int row) {
        if (!(type instanceof RowsType rows)) {
            return type.get(arrays[0], row);
        }
        Object[] parts = new Object[arrays.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = types.get(i).get(arrays[i], row);
        }
        return type.check(rows.of(parts));
    }

    private static <P> void write(Type<P> type, Object part, Object array, int row) {
        type.put(type.check(part), array, row);
    }
}
