package io.strandline.api.type;

import io.strandline.snapshot.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The columns of rows, in order.
 *
 * @param names no two alike
 * @param types of each the type: a scalar, a string or bytes
 */
public record Columns(List<String> names, List<Type<?>> types) {

    public Columns {
        names = List.copyOf(names);
        types = List.copyOf(types);
        if (names.size() != types.size() || names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("columns %s of types %s".formatted(names, types));
        }
    }

    /** No columns. */
    public static Columns none() {
        return new Columns(List.of(), List.of());
    }

    /** These and one more. */
    public Columns and(String name, Type<?> type) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        List<Type<?>> moreTypes = new ArrayList<>(types);
        moreTypes.add(type);
        return new Columns(more, moreTypes);
    }

    /** Columns as the engine describes them. */
    public static Columns of(List<Column> columns) {
        return new Columns(
                columns.stream().map(Column::name).toList(),
                columns.stream().<Type<?>>map(column -> Types.of(column.type())).toList());
    }

    /** Columns as the engine describes them. */
    public List<Column> toList() {
        return IntStream.range(0, names.size())
                .mapToObj(i -> types.get(i).column(names.get(i)))
                .toList();
    }

    /** How many. */
    public int size() {
        return names.size();
    }

    /**
     * The index of a column.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public int indexOf(String name) {
        int index = names.indexOf(Objects.requireNonNull(name));
        if (index < 0) {
            throw new IllegalArgumentException(
                    "no column '%s' (there are: %s)".formatted(name, String.join(", ", names)));
        }
        return index;
    }
}
