package io.strandline.engine.connector.jdbc;

import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.RefusedRowException;
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
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a table when their checkpoint is a version. Until then, and while the database does not answer, they wait in
 * files; {@link #commit} fails then and is tried again. A row that the database refuses for good becomes a dead letter, or
 * fails the instance.
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
    private final @Nullable RefusedLetters letters;
    /** In the order of their rows: one of a key is in one subtask's parts. */
    private final NavigableSet<PartName> staged = new ConcurrentSkipListSet<>(Comparator.comparingLong(PartName::number)
            .thenComparingInt(PartName::subtask)
            .thenComparingInt(PartName::index)
            .thenComparing(PartName::fileName));

    /**
     * @param staging where rows wait; it exists, and only the same sink on other branches uses it, under their names
     * @param owner tells this job's sink from all others that write to the database
     * @param letters takes rows that the table will never take; null when the first one fails the instance
     */
    public JdbcSink(
            JdbcTarget target, RowType rows, PartDirectory staging, String owner, @Nullable RefusedLetters letters) {
        this.target = target;
        this.rows = rows;
        this.staging = staging;
        this.notes = new CommitNotes(owner);
        this.letters = letters;
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
        return letters == null ? List.of() : letters.recover(start);
    }

    @Override
    public SinkWriter writer(SinkWriterContext context) {
        return new PartWriter(staging, new StagedRows(rows), context, staged::add);
    }

    @Override
    public long refusedRows() {
        return letters == null ? 0 : letters.taken();
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
            String what = "table " + target.table() + ": " + Refusal.describe(e);
            throw Refusal.isForGood(e)
                    ? new RefusedRowException(what + "; the rows up to version " + number + " are not in it", e)
                    : new IOException(what, e);
        }
        if (letters != null) {
            letters.show();
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
                    begin(connection, part);
                }
                store(connection, table, part);
            }
        }
        if (letters != null) {
            letters.seal();
        }
        notes.forgetBelow(connection, branch, due.get(0).number());
    }

    private void begin(Connection connection, PartName first) throws SQLException, IOException {
        notes.add(connection, first.branch(), first.number());
        if (letters != null) {
            letters.begin(first.branch(), first.number());
        }
    }

    private void store(Connection connection, Table table, PartName part) throws SQLException, IOException {
        try (StagedReader reader = new StagedReader(staging.path(part))) {
            RowText text = new RowText(reader.type());
            RefusedRows refused = (row, refusal) -> refuse(text.of(row), refusal);
            try (TableWriter writer = new TableWriter(connection, table, reader.type(), target.keys(), refused)) {
                for (Object[] row = reader.next(); row != null; row = reader.next()) {
                    writer.write(row);
                }
                writer.flush();
            }
        }
    }

    private void refuse(String row, SQLException refusal) throws IOException {
        String cause = "table " + target.table() + " refuses the row: " + Refusal.describe(refusal);
        if (letters == null) {
            throw new RefusedRowException(cause + ": " + row, refusal);
        }
        letters.take(row, cause, refusal);
    }
}
