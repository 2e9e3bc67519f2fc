package io.strandline.engine.connector.jdbc;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Puts rows of one shape into a table, in batches, within the caller's transaction. */
final class TableWriter implements Closeable {

    private static final int BATCH_ROWS = 1_000;

    private final RowType rows;
    private final List<Table.TableColumn> columns;
    private final PreparedStatement statement;
    private int waiting;

    /** @throws TableMismatchException when the table does not take such rows */
    TableWriter(Connection connection, Table table, RowType rows, List<String> keys) throws SQLException, IOException {
        String mismatch = table.mismatch(rows, keys);
        if (mismatch != null) {
            throw new TableMismatchException(mismatch);
        }
        this.rows = rows;
        this.columns = rows.columns().stream()
                .map(column -> table.column(column.name()))
                .toList();
        this.statement = connection.prepareStatement(sql(table, rows, keys));
    }

    void write(Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, value(rows.column(i), columns.get(i), row[i]));
        }
        statement.addBatch();
        if (++waiting == BATCH_ROWS) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (waiting > 0) {
            statement.executeBatch();
            waiting = 0;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            statement.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Object value(Column column, Table.TableColumn there, Object value) {
        return switch (column.type()) {
            case BOOLEAN -> (Long) value != 0;
            case TIMESTAMP -> {
                var utc = Instant.ofEpochMilli((Long) value).atOffset(ZoneOffset.UTC);
                yield there.hasZone() ? utc : utc.toLocalDateTime();
            }
            default -> value;
        };
    }

    private static String sql(Table table, RowType rows, List<String> keys) {
        List<String> names =
                names(table, rows.columns().stream().map(Column::name).toList());
        String values = names.stream().map(name -> "?").collect(Collectors.joining(", "));
        String into = " into " + table.name() + " (" + String.join(", ", names) + ") ";
        if (keys.isEmpty()) {
            return "insert" + into + "values (" + values + ")";
        }
        List<String> unique = names(table, keys);
        if (table.product().equals(Table.H2)) {
            return "merge" + into + "key (" + String.join(", ", unique) + ") values (" + values + ")";
        }
        List<String> others =
                names.stream().filter(name -> !unique.contains(name)).toList();
        String update = others.isEmpty()
                ? "do nothing"
                : "do update set "
                        + others.stream()
                                .map(name -> name + " = excluded." + name)
                                .collect(Collectors.joining(", "));
        return "insert" + into + "values (" + values + ") on conflict (" + String.join(", ", unique) + ") " + update;
    }

    private static List<String> names(Table table, List<String> columns) {
        return columns.stream().map(column -> table.column(column).name()).toList();
    }
}
