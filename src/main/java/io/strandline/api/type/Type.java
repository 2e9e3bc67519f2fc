package io.strandline.api.type;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * What a key, a value or a record is: how it is written down and read back, and the shape by which a version says so. Made by
 * {@link Types}. Safe for concurrent use.
 */
public abstract class Type<T> {

    private final ColumnType column;
    private final String shape;

    /** @param shape as {@link Column#shape} writes it */
    Type(ColumnType column, String shape) {
        this.column = column;
        this.shape = shape;
    }

    /** What it is made of, such as {@code list<long>}. */
    public final String shape() {
        return shape;
    }

    /** The column that holds one value of it. */
    public final Column column(String name) {
        boolean plain = column.name().equalsIgnoreCase(shape);
        return new Column(name, column, plain ? null : shape);
    }

    /**
     * A value in bytes.
     *
     * @throws ValueMisfitException when it is null or holds what is not of the type
     */
    public final byte[] encode(@Nullable Object value) {
        ByteSink out = new ByteSink();
        write(check(value), out);
        return out.toBytes();
    }

    /** Reads what {@link #encode} made, under this type or one that it may be read as. */
    public final T decode(byte[] content) {
        return read(new ByteSource(content));
    }

    /**
     * The value itself, if it is of the type.
     *
     * @throws ValueMisfitException when it is not
     */
    public abstract T check(@Nullable Object value);

    /** Writes a value into row {@code row} of a column's array: a word, a string, or bytes. */
    public final void put(T value, Object array, int row) {
        if (array instanceof long[] longs) {
            longs[row] = toWord(value);
        } else if (array instanceof double[] doubles) {
            doubles[row] = Double.longBitsToDouble(toWord(value));
        } else {
            ((Object[]) array)[row] = column == ColumnType.STRING ? value : toContent(value);
        }
    }

    /** Reads the value in row {@code row} of a column's array. */
    public final T get(Object array, int row) {
        if (array instanceof long[] longs) {
            return ofWord(longs[row]);
        }
        if (array instanceof double[] doubles) {
            return ofWord(Double.doubleToLongBits(doubles[row]));
        }
        Object value = ((Object[]) array)[row];
        return value instanceof byte[] content ? ofContent(content) : check(value);
    }

    /** The columns that its values have one by one; null for values that are whole. */
    public @Nullable Columns columns() {
        return null;
    }

    /** What stands for a value that was never stored, as in a record's component that is new. */
    abstract T zero();

    abstract void write(T value, ByteSink out);

    abstract T read(ByteSource in);

    /** A value as one word; for types of a column of fixed width. */
    abstract long toWord(T value);

    /** The value of a word. */
    abstract T ofWord(long word);

    /** A value as a column's content; for types of a column of variable width. */
    abstract byte[] toContent(T value);

    /** The value of a column's content; {@link #zero} for none. */
    abstract T ofContent(byte[] content);

    /** The kind of column that holds one value of it. */
    public final ColumnType columnType() {
        return column;
    }

    final ValueMisfitException misfit(@Nullable Object value) {
        String found =
                value == null ? "null" : value + " of " + value.getClass().getTypeName();
        return new ValueMisfitException("a value of type %s is expected; found %s".formatted(shape, found));
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Type<?> type && shape.equals(type.shape) && getClass() == type.getClass();
    }

    @Override
    public final int hashCode() {
        return shape.hashCode();
    }

    @Override
    public final String toString() {
        return shape;
    }
}
