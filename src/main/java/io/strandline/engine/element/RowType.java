package io.strandline.engine.element;

import io.strandline.snapshot.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the rows in a stream, in order.
 *
 * @param columns at least one
 * @param objects what BYTES columns hold in place of bytes; null for bytes
 */
public record RowType(List<Column> columns, @Nullable ObjectCodec objects) {

    public RowType {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a row needs at least one column");
        }
    }

    /** Rows without objects. */
    public RowType(List<Column> columns) {
        this(columns, null);
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
