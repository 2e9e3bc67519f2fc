package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Cause.RequestKey;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.OperationChange;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.RefChange;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.ServerChange;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.history.History.HeadEntry.Before;
import io.strandline.catalog.journal.ChangeCodec;
import io.strandline.catalog.journal.ChangePlace;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.ledger.CatalogIndex;
import io.strandline.catalog.ledger.ManifestShelf;
import io.strandline.catalog.ledger.ServerIndex;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import jakarta.persistence.EntityManager;
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
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables as the ledger's index: transactions, how far it is, and the rows that only a sealed entry can tell. */
final class JpaIndex implements CatalogIndex {

    /** What a move of a head by a completed checkpoint is called. */
    static final String CHECKPOINT = "CHECKPOINT";

    private static final Logger log = LoggerFactory.getLogger(JpaIndex.class);

    private static final int LISTED_AT_ONCE = 5_000;
    private static final int LONGEST_TOLD = 500_000;

    private final PlatformTransactionManager transactions;
    private final EntityManager entities;
    private final JdbcTemplate sql;
    private final JobProjection jobs;
    private final SnapshotProjection snapshots;
    private final RefProjection refs;
    private final ServerIndex server;
    private final ChangeCodec codec = new ChangeCodec();

    JpaIndex(
            PlatformTransactionManager transactions,
            EntityManager entities,
            JdbcTemplate sql,
            ManifestShelf shelf,
            ServerIndex server) {
        this.transactions = transactions;
        this.entities = entities;
        this.sql = sql;
        FileRows files = new FileRows(sql);
        this.jobs = new JobProjection(entities, sql, files);
        this.snapshots = new SnapshotProjection(entities, files, shelf);
        this.refs = new RefProjection(entities);
        this.server = server;
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
    private Note tabulate(Change change, @Nullable Manifest manifest) {
        if (change instanceof JobChange job) {
            return jobs.project(job);
        }
        if (change instanceof SnapshotChange snapshot) {
            return snapshots.project(snapshot, manifest);
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

    @Override
    public void versions(Consumer<Listed> visit) {
        RowMapper<Listed> listed = (row, number) -> new Listed(
                SnapshotId.parse(row.getString(1)),
                row.getString(2),
                row.getLong(3),
                row.getBoolean(4),
                Snapshot.State.valueOf(row.getString(5)),
                Snapshot.Condition.valueOf(row.getString(6)));
        String after = "";
        List<Listed> page;
        do {
            String from = after;
            page = Queries.guarded(() -> sql.query(
                    "select id, job_id, number, durable, state, health from snapshot where id > ? order by id limit "
                            + LISTED_AT_ONCE,
                    listed,
                    from));
            page.forEach(visit);
            after = page.isEmpty() ? after : page.get(page.size() - 1).id().toString();
        } while (page.size() == LISTED_AT_ONCE);
    }

    @Override
    public Work begin() {
        return Queries.guarded(() -> new JpaWork(transactions.getTransaction(null)));
    }

    /** A transaction bound to this thread, so that the catalog's reads see it. */
    private final class JpaWork implements Work {

        private final TransactionStatus transaction;
        private final List<Note> notes = new ArrayList<>();

        JpaWork(TransactionStatus transaction) {
            this.transaction = transaction;
        }

        @Override
        public void project(Change change, @Nullable Manifest manifest) {
            Queries.guarded(() -> {
                notes.add(tabulate(change, manifest));
                entities.flush();
                // statements that go past the entities must not leave stale ones behind
                entities.clear();
                return true;
            });
        }

        @Override
        public void seal(JournalEntry entry) {
            Queries.guarded(() -> {
                for (int i = 0; i < entry.changes().size(); i++) {
                    long place = ChangePlace.of(entry.sequence(), i);
                    audit(entry, place, entry.changes().get(i), notes.get(i));
                    headMove(entry, place, entry.changes().get(i), notes.get(i));
                    effect(entry, place, entry.changes().get(i), notes.get(i));
                }
                notes.clear();
                if (entry.changes().stream().anyMatch(RequestAnswered.class::isInstance)) {
                    forgetExpiredKeys(entry.at());
                }
                return sql.update("insert into applied_entry (sequence) values (?)", entry.sequence());
            });
        }

        @Override
        public void commit() {
            Queries.guarded(() -> {
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

    private void forgetExpiredKeys(Instant at) {
        sql.update("delete from answered_request where expires_at < ?", Timestamp.from(at));
        sql.update("delete from request_effect where expires_at < ?", Timestamp.from(at));
    }

    private void effect(JournalEntry entry, long place, Change change, Note note) {
        RequestKey request = entry.cause().request();
        if (request == null) {
            return;
        }
        EffectRow row = new EffectRow();
        row.sequence = place;
        row.requestKey = request.key();
        row.fingerprint = request.fingerprint();
        row.action = codec.name(change);
        row.jobId = note.jobId();
        row.subject = note.subject();
        row.expiresAt = request.expiresAt();
        entities.persist(row);
    }

    private void audit(JournalEntry entry, long place, Change change, Note note) {
        if (change instanceof NumbersReserved || change instanceof RequestAnswered) {
            return;
        }
        Cause cause = entry.cause();
        AuditRow row = new AuditRow();
        row.sequence = place;
        row.at = entry.at();
        row.action = codec.name(change);
        row.jobId = note.jobId();
        row.branch = note.branch();
        row.subject = note.subject();
        row.actor = cause.actor();
        row.requestId = cause.requestId();
        row.operationId = cause.operationId();
        row.reason = cause.reason();
        row.beforeJson = note.before() == null ? null : told(note.before());
        row.afterJson = told(change);
        entities.persist(row);
    }

    /** A value as the audit tells it; what is very long is in the journal only. */
    private String told(Object value) {
        String text = codec.text(value);
        return text.length() <= LONGEST_TOLD ? text : "{\"tooLong\":" + text.length() + "}";
    }

    private void headMove(JournalEntry entry, long place, Change change, Note note) {
        HeadMoveRow row = new HeadMoveRow();
        if (change instanceof BranchCreated created) {
            row.jobId = created.jobId();
            row.branch = created.name();
            row.toId = created.forkedFrom().snapshot().toString();
            row.toNumber = created.forkedFrom().number();
            row.verb = "FORK";
        } else if (change instanceof HeadMoved moved) {
            row.jobId = moved.jobId();
            row.branch = moved.branch();
            row.fromId = JsonText.text(moved.from());
            row.toId = JsonText.text(moved.to());
            row.toNumber = moved.toNumber();
            row.verb = moved.verb();
            row.toPipeline = moved.pipelineVersion();
        } else if (change instanceof SnapshotCompleted completed && completed.movesHead()) {
            row.jobId = completed.jobId();
            row.branch = completed.branch();
            row.fromId = JsonText.text(completed.parent());
            row.toId = completed.id().toString();
            row.toNumber = completed.number();
            row.verb = completed.kind() == SnapshotKind.RESTORED ? "REVERT" : CHECKPOINT;
            row.toPipeline = completed.pipelineVersion();
        } else {
            return;
        }
        if (note.before() instanceof Before before) {
            row.fromLine = JsonText.of(before.line());
            row.fromPipeline = before.pipelineVersion();
        }
        Cause cause = entry.cause();
        row.sequence = place;
        row.at = entry.at();
        row.actor = cause.actor();
        row.requestId = cause.requestId();
        row.operationId = cause.operationId();
        row.reason = cause.reason();
        entities.persist(row);
    }
}
