package io.strandline.catalog.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Indexes that were taken away so that rows are written faster, to be made again when all of them are there. */
final class ScaleIndexes {

    private static final String ALL_OF_H2 = "script nodata nopasswords nosettings";
    private static final String ALL_OF_POSTGRES = "select indexdef from pg_indexes where schemaname = 'public'"
            + " and indexname not in (select conname from pg_constraint)";

    private final List<String> statements;

    private ScaleIndexes(List<String> statements) {
        this.statements = statements;
    }

    /** Takes away every index that holds no constraint up, and the constraint whose values come in no order. */
    static ScaleIndexes takenFrom(Connection connection) throws SQLException {
        List<String> made = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(isH2(connection) ? ALL_OF_H2 : ALL_OF_POSTGRES)) {
                while (rows.next()) {
                    String text = rows.getString(1);
                    if (text.startsWith("CREATE INDEX ") && !text.contains("flyway")) {
                        made.add(text);
                    }
                }
            }
            for (String text : made) {
                statement.execute("drop index " + text.substring("CREATE INDEX ".length(), text.indexOf(" ON ")));
            }
            statement.execute("alter table stored_file drop constraint uq_stored_file_digest");
        }
        made.add("alter table stored_file add constraint uq_stored_file_digest unique (digest)");
        return new ScaleIndexes(made);
    }

    void putBack(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
                connection.commit();
            }
        }
    }

    static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }
}
