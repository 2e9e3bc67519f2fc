package io.strandline.api.type;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.state.KeyedTable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a value lies in the columns of a keyed state: a record's components in a column each, so that they may come, go and widen
 * like any column; everything else in one column.
 */
public final class ValueForm<T> {

    private static final String ONLY = "value";

    private final Type<T> type;
    private final @Nullable StructType<T> struct;
    private final List<String> names;
    private final List<Type<?>> types;

    /** For values of a type. */
    public ValueForm(Type<T> type) {
        this.type = type;
        this.struct = type instanceof StructType<T> structure ? structure : null;
        this.names = struct == null ? List.of(ONLY) : struct.names();
        this.types = struct == null ? List.of(type) : struct.types();
    }

    /** The value's type. */
    public Type<T> type() {
        return type;
    }

    /** The columns of the state. */
    public List<Column> columns() {
        return IntStream.range(0, names.size())
                .mapToObj(i -> types.get(i).column(names.get(i)))
                .toList();
    }

    /** The words that a new entry starts with: for a column that is new, its default. */
    public long[] initial() {
        Object[] parts = parts(type.zero());
        long[] words = new long[parts.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = types.get(i).columnType().fixedWidth() ? word(types.get(i), parts[i]) : 0;
        }
        return words;
    }

    /**
     * Writes a value into the entry whose words begin at {@code at}.
     *
     * @throws ValueMisfitException when it is not of the type, or longer than a state keeps
     */
    public void store(T value, KeyedTable table, int at) {
        Object[] parts = parts(value);
        for (int i = 0; i < parts.length; i++) {
            Object part = struct == null ? type.check(value) : struct.part(parts, i);
            table.words()[at + i] = types.get(i).columnType().fixedWidth()
                    ? word(types.get(i), part)
                    : Contents.put(table.values(), content(types.get(i), part));
        }
    }

    /** Reads the value of the entry whose words begin at {@code at}. */
    public T load(KeyedTable table, int at) {
        Object[] parts = new Object[types.size()];
        for (int i = 0; i < parts.length; i++) {
            long word = table.words()[at + i];
            Type<?> part = types.get(i);
            parts[i] = part.columnType().fixedWidth()
                    ? part.ofWord(word)
                    : ofContent(part, i, Contents.read(table.values(), word));
        }
        return struct == null ? type.check(parts[0]) : struct.of(parts);
    }

    private Object ofContent(Type<?> part, int index, byte[] content) {
        boolean absent = content.length == 0 && struct != null && part.columnType() == ColumnType.BYTES;
        return absent && part != Types.BYTES ? parts(type.zero())[index] : part.ofContent(content);
    }

    private Object[] parts(T value) {
        return struct == null ? new Object[] {value} : struct.parts(value);
    }

    private static <P> long word(Type<P> type, @Nullable Object part) {
        return type.toWord(type.check(part));
    }

    private static <P> byte[] content(Type<P> type, Object part) {
        return type.toContent(type.check(part));
    }
}
