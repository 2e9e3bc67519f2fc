package io.strandline.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a row, in order; a column's place in the list is its index in {@link Columns}.
 *
 * @param columns unique by name
 */
public record RowSchema(List<Column> columns) {

    /** One column: its name and type. */
    public record Column(String name, ValueType type) {}

    public RowSchema {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("column '" + column.name() + "' appears twice in " + columns);
            }
        }
    }

    /** A schema of the map's entries in the map's own order. */
    public static RowSchema of(Map<String, ValueType> types) {
        List<Column> columns = new ArrayList<>();
        types.forEach((name, type) -> columns.add(new Column(name, type)));
        return new RowSchema(columns);
    }

    /** The column's index, or -1 if there is none of this name. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** The type of the column of this name, which must exist. */
    public ValueType type(String name) {
        int index = indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column '" + name + "' in " + names());
        }
        return columns.get(index).type();
    }

    public ValueType type(int index) {
        return columns.get(index).type();
    }

    public int size() {
        return columns.size();
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Names and types as users write them, in order. */
    public Map<String, String> wireTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type().wireName()));
        return types;
    }
}
