package io.strandline.api.type;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row: a value a column. Not changed once made. */
public final class Row {

    private final Columns columns;
    private final Object[] values;

    private Row(Columns columns, Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /**
     * A row of these values.
     *
     * @throws ValueMisfitException when one is not of its column's type
     */
    public static Row of(Columns columns, Object... values) {
        if (values.length != columns.size()) {
            throw new ValueMisfitException("%d values for the columns %s".formatted(values.length, columns.names()));
        }
        Object[] checked = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            try {
                checked[i] = columns.types().get(i).check(values[i]);
            } catch (ValueMisfitException e) {
                throw new ValueMisfitException("column " + columns.names().get(i) + ": " + e.getMessage());
            }
        }
        return new Row(columns, checked);
    }

    /** Its columns. */
    public Columns columns() {
        return columns;
    }

    /** Its values, in the order of its columns. */
    public List<Object> values() {
        return List.of(values);
    }

    /** A value by its column's index. */
    public Object get(int column) {
        return values[column];
    }

    /** A value by its column's name. */
    public Object get(String column) {
        return values[columns.indexOf(column)];
    }

    /** A whole number; of a time or a duration its milliseconds. */
    public long getLong(String column) {
        Object value = get(column);
        if (value instanceof java.time.Instant time) {
            return time.toEpochMilli();
        }
        return value instanceof java.time.Duration duration ? duration.toMillis() : ((Number) value).longValue();
    }

    /** A number. */
    public double getDouble(String column) {
        return ((Number) get(column)).doubleValue();
    }

    /** A string. */
    public String getString(String column) {
        return (String) get(column);
    }

    /** A truth value. */
    public boolean getBoolean(String column) {
        return (Boolean) get(column);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && columns.equals(row.columns) && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(columns.names().get(i))
                    .append(": ")
                    .append(values[i]);
        }
        return text.append("}").toString();
    }
}
