package io.strandline.engine.connector.jdbc;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of one shape into a table, in batches, within the caller's transaction. A batch that the database refuses for good
 * is sent again by halves, down to the rows that are at fault; a savepoint before each keeps the transaction usable.
 */
final class TableWriter implements Closeable {

    private static final int BATCH_ROWS = 1_000;

    private final RowType rows;
    private final List<Table.TableColumn> columns;
    private final Connection connection;
    private final PreparedStatement statement;
    private final RefusedRows refused;
    private final List<Object[]> waiting = new ArrayList<>();

    /**
     * @param refused takes the rows that the table will never take
     * @throws TableMismatchException when the table takes no such rows at all
     */
    TableWriter(Connection connection, Table table, RowType rows, List<String> keys, RefusedRows refused)
            throws SQLException, IOException {
        String mismatch = table.mismatch(rows, keys);
        if (mismatch != null) {
            throw new TableMismatchException(mismatch);
        }
        this.rows = rows;
        this.refused = refused;
        this.connection = connection;
        this.columns = rows.columns().stream()
                .map(column -> table.column(column.name()))
                .toList();
        this.statement = connection.prepareStatement(sql(table, rows, keys));
    }

    void write(Object[] row) throws SQLException, IOException {
        waiting.add(row);
        if (waiting.size() == BATCH_ROWS) {
            flush();
        }
    }

    void flush() throws SQLException, IOException {
        if (!waiting.isEmpty()) {
            send(waiting);
            waiting.clear();
        }
    }

    private void send(List<Object[]> batch) throws SQLException, IOException {
        Savepoint before = connection.setSavepoint();
        SQLException refusal = refusal(batch);
        if (refusal != null) {
            connection.rollback(before);
        }
        connection.releaseSavepoint(before);
        if (refusal == null) {
            return;
        }
        if (batch.size() == 1) {
            refused.take(batch.get(0), refusal);
        } else {
            int half = batch.size() / 2;
            send(batch.subList(0, half));
            send(batch.subList(half, batch.size()));
        }
    }

    /** Why the database will never take one of the rows; null when it has taken all of them. */
    private @Nullable SQLException refusal(List<Object[]> batch) throws SQLException {
        try {
            for (Object[] row : batch) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, value(rows.column(i), columns.get(i), row[i]));
                }
                statement.addBatch();
            }
            statement.executeBatch();
            return null;
        } catch (SQLException failure) {
            statement.clearBatch();
            if (!Refusal.isForGood(failure)) {
                throw failure;
            }
            return failure;
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
