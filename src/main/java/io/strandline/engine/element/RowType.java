package io.strandline.engine.element;

import io.strandline.snapshot.Column;
import java.util.List;

/**
 * The columns of the rows in a stream, in order.
 *
 * @param columns at least one
 */
public record RowType(List<Column> columns) {

    public RowType {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a row needs at least one column");
        }
    }

    /** Number of columns. */
    public int size() {
        return columns.size();
    }

    /** The column at {@code index}. */
    public Column column(int index) {
        return columns.get(index);
    }

    /** The columns at {@code indexes}, in that order. */
    public List<Column> columns(List<Integer> indexes) {
        return indexes.stream().map(columns::get).toList();
    }
}
