package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.OperationChange;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.RefChange;
import io.strandline.catalog.ServerChange;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.ledger.CatalogIndex;
import io.strandline.catalog.ledger.ManifestShelf;
import io.strandline.catalog.ledger.ServerIndex;
import io.strandline.catalog.rows.FileWrites;
import io.strandline.catalog.rows.Numbering;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables as the ledger's index: transactions, and how far it is. */
final class JpaIndex implements CatalogIndex {

    /** What a move of a head by a completed checkpoint is called. */
    static final String CHECKPOINT = "CHECKPOINT";

    private static final Logger log = LoggerFactory.getLogger(JpaIndex.class);

    private static final int LISTED_AT_ONCE = 5_000;

    private final PlatformTransactionManager transactions;
    private final EntityManager entities;
    private final JdbcTemplate sql;
    private final JobProjection jobs;
    private final SnapshotProjection snapshots;
    private final RefProjection refs;
    private final ServerIndex server;
    private final EntryRows entries;
    private final Numbering numbering;

    JpaIndex(
            PlatformTransactionManager transactions,
            EntityManager entities,
            JdbcTemplate sql,
            ManifestShelf shelf,
            ServerIndex server) {
        this.transactions = transactions;
        this.entities = entities;
        this.sql = sql;
        this.numbering = new Numbering(sql);
        this.jobs = new JobProjection(entities, sql);
        this.snapshots = new SnapshotProjection(entities, numbering, shelf);
        this.refs = new RefProjection(entities, sql);
        this.server = server;
        this.entries = new EntryRows(entities);
    }

    /**
     * What the audit tells of a change besides the change itself.
     *
     * @param jobId the job concerned
     * @param branch the branch it was made on
     * @param subject what it was done to
     * @param before what it replaced; a value that becomes JSON
     */
    record Note(
            @Nullable String jobId,
            @Nullable String branch,
            String subject,
            @Nullable Object before) {

        /** Of a change that was made on no branch. */
        Note(@Nullable String jobId, String subject, @Nullable Object before) {
            this(jobId, null, subject, before);
        }
    }

    /** What a change does to the tables; the same code live and when a catalog is rebuilt, so that both end alike. */
    private Note tabulate(Change change, @Nullable Manifest manifest, FileWrites files) {
        if (change instanceof JobChange job) {
            return jobs.project(job, files);
        }
        if (change instanceof SnapshotChange snapshot) {
            return snapshots.project(snapshot, manifest, files);
        }
        if (change instanceof RefChange ref) {
            return refs.project(ref);
        }
        if (change instanceof ServerChange made) {
            return new Note(null, server.project(made), null);
        }
        return change instanceof OperationChange operation ? refs.project(operation) : refs.projectPolicy(change);
    }

    @Override
    public Optional<Progress> progress() {
        return Queries.guarded(() -> {
            Set<Long> above = new HashSet<>(sql.queryForList("select sequence from applied_entry", Long.class));
            return sql
                    .query(
                            "select directory_id, applied_to, applied_hash from catalog_state where id = 1",
                            (row, number) -> new Progress(row.getString(1), row.getLong(2), row.getString(3), above))
                    .stream()
                    .findFirst();
        });
    }

    @Override
    public void adopt(String directoryId) {
        Queries.guarded(() -> sql.update(
                "insert into catalog_state (id, directory_id, applied_to, applied_hash) values (1, ?, 0, '')",
                directoryId));
    }

    @Override
    public boolean applied(long sequence) {
        return Queries.guarded(() -> !sql.queryForList(
                        "select 1 from applied_entry where sequence = ? union all"
                                + " select 1 from catalog_state where applied_to >= ?",
                        Integer.class,
                        sequence,
                        sequence)
                .isEmpty());
    }

    @Override
    public void settle(long sequence, String hash) {
        Queries.guarded(() -> new TransactionTemplate(transactions).execute(status -> {
            // of two threads that settle at once the later mark stays, whichever comes first
            sql.update(
                    "update catalog_state set applied_to = ?, applied_hash = ? where id = 1 and applied_to < ?",
                    sequence,
                    hash,
                    sequence);
            return sql.update("delete from applied_entry where sequence <= ?", sequence);
        }));
    }

    @Override
    public List<Branch> branches() {
        return new Queries(entities)
                .from(BranchRow.class).list().stream().map(BranchRow::value).toList();
    }

    @Override
    public Map<String, Long> reservedNumbers() {
        return Queries.guarded(() -> {
            Map<String, Long> numbers = new HashMap<>();
            sql.query("select job_id, reserved_up_to from job_numbers", row -> {
                numbers.put(row.getString(1), row.getLong(2));
            });
            return numbers;
        });
    }

    /** In the order in which they were written, which is nearly that of the file. */
    @Override
    public void versions(Consumer<Listed> visit) {
        long[] last = {0};
        int[] read = {0};
        do {
            read[0] = 0;
            Queries.guarded(() -> {
                sql.query(
                        "select id, job_id, number, durable, state, health, ordinal from snapshot where ordinal > ?"
                                + " order by ordinal limit " + LISTED_AT_ONCE,
                        row -> {
                            visit.accept(listed(row));
                            last[0] = row.getLong(7);
                            read[0]++;
                        },
                        last[0]);
                return true;
            });
        } while (read[0] == LISTED_AT_ONCE);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                SnapshotId.parse(row.getString(1)),
                row.getString(2),
                row.getLong(3),
                row.getBoolean(4),
                Snapshot.State.valueOf(row.getString(5)),
                Snapshot.Condition.valueOf(row.getString(6)));
    }

    @Override
    public Work begin() {
        return Queries.guarded(() -> new JpaWork(transactions.getTransaction(null), false));
    }

    @Override
    public Work beginMany() {
        return Queries.guarded(() -> new JpaWork(transactions.getTransaction(null), true));
    }

    /** A transaction bound to this thread, so that the catalog's reads see it. */
    private final class JpaWork implements Work {

        private final TransactionStatus transaction;
        private final boolean inBatches;
        private final FileWrites files = new FileWrites(sql, numbering);
        private final List<Note> notes = new ArrayList<>();
        private final List<Object[]> sealed = new ArrayList<>();

        JpaWork(TransactionStatus transaction, boolean inBatches) {
            this.transaction = transaction;
            this.inBatches = inBatches;
        }

        @Override
        public void project(Change change, @Nullable Manifest manifest) {
            Queries.guarded(() -> {
                if (inBatches && staysWithinEntities(change)) {
                    return notes.add(tabulate(change, manifest, files));
                }
                if (inBatches) {
                    flush();
                }
                notes.add(tabulate(change, manifest, files));
                flush();
                return true;
            });
        }

        /** Statements that go past the entities must not leave stale ones behind. */
        private void flush() {
            entities.flush();
            entities.clear();
        }

        @Override
        public void seal(JournalEntry entry) {
            Queries.guarded(() -> {
                entries.add(entry, notes);
                notes.clear();
                if (entry.changes().stream().anyMatch(RequestAnswered.class::isInstance)) {
                    flush();
                    forgetExpiredKeys(entry.at());
                }
                return sealed.add(new Object[] {entry.sequence()});
            });
        }

        @Override
        public void commit() {
            Queries.guarded(() -> {
                flush();
                files.write();
                if (!sealed.isEmpty()) {
                    sql.batchUpdate("insert into applied_entry (sequence) values (?)", sealed);
                }
                transactions.commit(transaction);
                return true;
            });
        }

        @Override
        public void close() {
            if (!transaction.isCompleted()) {
                try {
                    transactions.rollback(transaction);
                } catch (TransactionException e) {
                    log.warn("a transaction that failed could not be rolled back either: {}", e.getMessage());
                }
            }
        }
    }

    /** Whether a change reads and writes through entities alone, so that many can be written in one go. */
    private static boolean staysWithinEntities(Change change) {
        return change instanceof SnapshotChange && !(change instanceof SnapshotPurged)
                || change instanceof NumbersReserved;
    }

    private void forgetExpiredKeys(Instant at) {
        sql.update("delete from answered_request where expires_at < ?", Timestamp.from(at));
        sql.update("delete from request_effect where expires_at < ?", Timestamp.from(at));
    }
}
