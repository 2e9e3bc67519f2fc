package io.strandline.engine.connector.jdbc;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database describes it.
 *
 * @param product the database, such as {@code PostgreSQL}
 * @param name its name, quoted
 * @param columns by lower-case name
 * @param unique sets of columns, in lower case, that no two rows share
 */
record Table(String product, String name, Map<String, TableColumn> columns, List<Set<String>> unique) {

    static final String H2 = "H2";
    static final String POSTGRES = "PostgreSQL";

    /**
     * A column.
     *
     * @param name quoted
     * @param type of {@link Types}
     * @param typeName the database's own
     */
    record TableColumn(String name, int type, String typeName) {

        boolean hasZone() {
            return type == Types.TIMESTAMP_WITH_TIMEZONE
                    || typeName.toLowerCase(Locale.ROOT).contains("timestamptz");
        }
    }

    /**
     * Looks a table up; names match whatever their case.
     *
     * @throws TableMismatchException when there is no such table
     */
    static Table find(Connection connection, String named) throws SQLException, TableMismatchException {
        DatabaseMetaData meta = connection.getMetaData();
        String quote = meta.getIdentifierQuoteString().strip();
        int dot = named.indexOf('.');
        String schema = dot < 0 ? connection.getSchema() : named.substring(0, dot);
        String table = named.substring(dot + 1);
        Map<String, TableColumn> columns = new HashMap<>();
        String foundSchema = null;
        String foundTable = null;
        try (ResultSet found = meta.getColumns(connection.getCatalog(), dot < 0 ? schema : null, null, null)) {
            while (found.next()) {
                if (table.equalsIgnoreCase(found.getString("TABLE_NAME"))
                        && (schema == null || schema.equalsIgnoreCase(found.getString("TABLE_SCHEM")))) {
                    foundSchema = found.getString("TABLE_SCHEM");
                    foundTable = found.getString("TABLE_NAME");
                    String column = found.getString("COLUMN_NAME");
                    columns.put(
                            column.toLowerCase(Locale.ROOT),
                            new TableColumn(
                                    quote + column + quote, found.getInt("DATA_TYPE"), found.getString("TYPE_NAME")));
                }
            }
        }
        if (foundTable == null) {
            throw new TableMismatchException("there is no table '" + named + "' in the database");
        }
        String prefix = foundSchema == null ? "" : quote + foundSchema + quote + ".";
        return new Table(
                meta.getDatabaseProductName(),
                prefix + quote + foundTable + quote,
                columns,
                unique(meta, connection.getCatalog(), foundSchema, foundTable));
    }

    /** A column that is there, by any case of its name. */
    TableColumn column(String named) {
        TableColumn found = columns.get(named.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalStateException("no column " + named + " in " + columns.keySet());
        }
        return found;
    }

    /** What keeps rows with these keys out of the table, null when nothing does. */
    @Nullable
    String mismatch(RowType rows, List<String> keys) {
        for (Column column : rows.columns()) {
            TableColumn there = columns.get(column.name().toLowerCase(Locale.ROOT));
            if (there == null) {
                return "table " + name + " has no column '" + column.name() + "'";
            }
            if (!takes(there.type(), column.type())) {
                return "column " + there.name() + " of table " + name + " is " + there.typeName()
                        + ", which does not take a " + column.type().name().toLowerCase(Locale.ROOT);
            }
        }
        Set<String> wanted =
                keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        if (!wanted.isEmpty() && !product.equals(H2) && !product.equals(POSTGRES)) {
            return "UPSERT is known for PostgreSQL and H2, not for " + product;
        }
        return wanted.isEmpty() || unique.contains(wanted)
                ? null
                : "table " + name + " has no primary key or unique constraint on " + keys;
    }

    private static boolean takes(int there, ColumnType type) {
        return switch (type) {
            case LONG, DURATION -> there == Types.BIGINT || there == Types.NUMERIC || there == Types.DECIMAL;
            case DOUBLE -> there == Types.DOUBLE || there == Types.FLOAT;
            case BOOLEAN -> there == Types.BOOLEAN || there == Types.BIT;
            case STRING ->
                there == Types.VARCHAR || there == Types.CHAR || there == Types.LONGVARCHAR || there == Types.CLOB;
            case TIMESTAMP -> there == Types.TIMESTAMP || there == Types.TIMESTAMP_WITH_TIMEZONE;
            case BYTES ->
                there == Types.BINARY
                        || there == Types.VARBINARY
                        || there == Types.LONGVARBINARY
                        || there == Types.BLOB;
        };
    }

    private static List<Set<String>> unique(
            DatabaseMetaData meta, @Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        Map<String, Set<String>> byIndex = new HashMap<>();
        try (ResultSet found = meta.getIndexInfo(catalog, schema, table, true, true)) {
            while (found.next()) {
                String column = found.getString("COLUMN_NAME");
                if (column != null) {
                    byIndex.computeIfAbsent(found.getString("INDEX_NAME"), name -> new HashSet<>())
                            .add(column.replace("\"", "").toLowerCase(Locale.ROOT));
                }
            }
        }
        return new ArrayList<>(byIndex.values());
    }
}
