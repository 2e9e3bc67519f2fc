package io.strandline.engine.connector.jdbc;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.SinkWriter;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.part.PartName;
import io.strandline.engine.connector.part.PartWriter;
import io.strandline.engine.element.RowType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Puts rows into a table when their checkpoint is a version. Until then, and while the database does not answer, they wait in
 * files; {@link #commit} fails then and is tried again.
 *
 * <p>The rows of a number and the note of it are one transaction, so a repetition finds the note. What a database has it is
 * not asked to give back: a start from an older version only drops what still waits and is not in its line. Under keys, the
 * rows that are made anew take the places of those that were there.
 */
public final class JdbcSink implements Sink {

    private final JdbcTarget target;
    private final RowType rows;
    private final PartDirectory staging;
    private final CommitNotes notes;
    /** In the order of their rows: one of a key is in one subtask's parts. */
    private final NavigableSet<PartName> staged = new ConcurrentSkipListSet<>(Comparator.comparingLong(PartName::number)
            .thenComparingInt(PartName::subtask)
            .thenComparingInt(PartName::index)
            .thenComparing(PartName::fileName));

    /**
     * @param staging where rows wait; it exists, and only the same sink on other branches uses it, under their names
     * @param owner tells this job's sink from all others that write to the database
     */
    public JdbcSink(JdbcTarget target, RowType rows, PartDirectory staging, String owner) {
        this.target = target;
        this.rows = rows;
        this.staging = staging;
        this.notes = new CommitNotes(owner);
    }

    /**
     * What keeps rows out of a table, empty when nothing does.
     *
     * @throws SQLException when the database cannot be asked
     */
    public static Optional<String> mismatch(JdbcTarget target, RowType rows) throws SQLException {
        try (Connection connection = target.database().getConnection()) {
            return Optional.ofNullable(Table.find(connection, target.table()).mismatch(rows, target.keys()));
        } catch (TableMismatchException missing) {
            return Optional.of(String.valueOf(missing.getMessage()));
        }
    }

    @Override
    public List<OutputMove> recover(SinkStart start) throws IOException {
        staged.addAll(staging.keepStaged(start));
        return List.of();
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new PartWriter(staging, new StagedRows(rows), context, staged::add);
    }

    @Override
    public void commit(long number) throws IOException {
        List<PartName> due =
                staged.stream().takeWhile(part -> part.number() <= number).toList();
        if (due.isEmpty()) {
            return;
        }
        try {
            store(due);
        } catch (SQLException e) {
            throw new IOException("table " + target.table() + ": " + e.getMessage(), e);
        }
        staging.delete(due);
        staged.removeAll(due);
    }

    private void store(List<PartName> due) throws SQLException, IOException {
        try (Connection connection = target.database().getConnection()) {
            connection.setAutoCommit(false);
            boolean stored = false;
            try {
                notes.prepare(connection);
                store(connection, due);
                connection.commit();
                stored = true;
            } finally {
                if (!stored) {
                    connection.rollback();
                }
            }
        }
    }

    /** One branch's parts, in the order of their numbers. */
    private void store(Connection connection, List<PartName> due) throws SQLException, IOException {
        String branch = due.get(0).branch();
        Table table = Table.find(connection, target.table());
        Set<Long> before = notes.numbers(connection, branch);
        Set<Long> noted = new TreeSet<>();
        for (PartName part : due) {
            if (!before.contains(part.number())) {
                if (noted.add(part.number())) {
                    notes.add(connection, branch, part.number());
                }
                store(connection, table, part);
            }
        }
        notes.forgetBelow(connection, branch, due.get(0).number());
    }

    private void store(Connection connection, Table table, PartName part) throws SQLException, IOException {
        try (StagedReader reader = new StagedReader(staging.path(part));
                TableWriter writer = new TableWriter(connection, table, reader.type(), target.keys())) {
            for (Object[] row = reader.next(); row != null; row = reader.next()) {
                writer.write(row);
            }
            writer.flush();
        }
    }
}
