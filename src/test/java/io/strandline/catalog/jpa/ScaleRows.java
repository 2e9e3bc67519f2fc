package io.strandline.catalog.jpa;

import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.PolicyChange.PolicySaved;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.Verification;
import io.strandline.catalog.journal.ChangeCodec;
import io.strandline.catalog.journal.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes by plain SQL, in batches, what the projections would make of a journal without moves of heads, trash or labels'
 * changes; {@link ScaleCatalogTests} holds the two against each other.
 */
final class ScaleRows implements AutoCloseable {

    /** The tables that rows are written to, with the columns that get a value. */
    private enum Table {
        JOB("id, name, live_name, description, created_at, trashed_at, purge_after, purged"),
        PIPELINE_VERSION("job_id, version, document, created_at"),
        JOB_NUMBERS("job_id, reserved_up_to"),
        POLICY("level_key, document, version, saved_at, saved_by"),
        INSTANCE(
                "id, job_id, branch, epoch, pipeline_version, parallelism, backend, restored_from, started_because, started_at, ended_because, ended_at"),
        SNAPSHOT(
                "id, job_id, branch, number, kind, mode, parent_id, base_id, reverts_to_id, epoch, pipeline_version, backend, parallelism, started_at, completed_at, total_bytes, new_bytes, manifest_digest, durable, labels, description, verification_outcome, state, health, trashed_with_job, ordinal"),
        SNAPSHOT_LABEL("snapshot_id, label_name, label_value"),
        STORED_FILE("id, digest, size_bytes, role, named_by, namers, only_by"),
        TAG("job_id, name, snapshot_id, number, message, created_by, created_at, expires_at"),
        AUDIT_ENTRY("sequence, at, action, job_id, branch, subject, actor, reason, after_json"),
        HEAD_MOVE("sequence, job_id, branch, from_id, to_id, to_number, to_pipeline, verb, at, actor, reason"),
        BRANCH("job_id, name, head_id, head_number, line, pipeline_version, desired, epoch, finished"),
        CATALOG_STATE("id, directory_id, applied_to, applied_hash");

        private final String columns;

        Table(String columns) {
            this.columns = columns;
        }
    }

    private static final int ENTRIES_IN_ONE_TRANSACTION = 1_000;

    private final Connection connection;
    private final ChangeCodec codec = new ChangeCodec();
    private final Map<Table, PreparedStatement> statements = new EnumMap<>(Table.class);
    private final Map<String, SnapshotCompleted> heads = new HashMap<>();
    private final Map<String, InstanceStarted> instances = new HashMap<>();
    private final String directoryId;
    private final ScaleFiles files;
    private final ScaleIndexes indexes;
    private long ordinal;
    private long sequence;
    private String hash = "";
    private int open;

    ScaleRows(Connection connection, String directoryId, ScaleShape shape) throws SQLException {
        this.connection = connection;
        this.directoryId = directoryId;
        this.files = new ScaleFiles(shape);
        this.indexes = ScaleIndexes.takenFrom(connection);
        connection.setAutoCommit(false);
    }

    void add(JournalEntry entry) throws SQLException {
        for (int i = 0; i < entry.changes().size(); i++) {
            Change change = entry.changes().get(i);
            String subject = project(change);
            audit(entry, (entry.sequence() << 16) + i, change, subject);
        }
        sequence = entry.sequence();
        hash = entry.hash();
        if (++open == ENTRIES_IN_ONE_TRANSACTION) {
            commit();
        }
    }

    private String project(Change change) throws SQLException {
        if (change instanceof JobCreated job) {
            insert(Table.JOB, job.jobId(), job.name(), job.name(), job.description(), job.at(), null, null, false);
            insert(Table.PIPELINE_VERSION, job.jobId(), 1, job.pipeline(), job.at());
            return "job:" + job.jobId();
        }
        if (change instanceof NumbersReserved reserved) {
            insert(Table.JOB_NUMBERS, reserved.jobId(), reserved.upTo());
            return "";
        }
        if (change instanceof InstanceStarted started) {
            instances.put(started.jobId(), started);
            return "instance:" + started.instanceId();
        }
        if (change instanceof InstanceEnded ended) {
            instance(ended);
            return "instance:" + ended.instanceId();
        }
        if (change instanceof TagCreated made) {
            var tag = made.tag();
            insert(
                    Table.TAG,
                    tag.jobId(),
                    tag.name(),
                    tag.snapshot(),
                    tag.number(),
                    tag.message(),
                    tag.createdBy(),
                    tag.createdAt(),
                    tag.expiresAt());
            return "tag:" + tag.name();
        }
        if (change instanceof PolicySaved saved) {
            var policy = saved.policy();
            insert(Table.POLICY, "server", policy.document(), policy.version(), policy.savedAt(), policy.savedBy());
            return "policy:server";
        }
        return version((SnapshotCompleted) change);
    }

    private void instance(InstanceEnded ended) throws SQLException {
        InstanceStarted started = instances.get(ended.jobId());
        insert(
                Table.INSTANCE,
                ended.instanceId(),
                ended.jobId(),
                ended.branch(),
                started.epoch(),
                started.pipelineVersion(),
                started.parallelism(),
                started.backend(),
                started.restoredFrom(),
                started.because(),
                started.at(),
                ended.because(),
                ended.at());
    }

    private String version(SnapshotCompleted version) throws SQLException {
        heads.put(version.jobId(), version);
        insert(
                Table.SNAPSHOT,
                version.id(),
                version.jobId(),
                version.branch(),
                version.number(),
                version.kind(),
                version.mode(),
                version.parent(),
                version.base(),
                version.revertsTo(),
                version.epoch(),
                version.pipelineVersion(),
                version.backend(),
                version.parallelism(),
                version.startedAt(),
                version.completedAt(),
                version.totalBytes(),
                version.newBytes(),
                version.manifestDigest(),
                version.durable(),
                JsonText.of(version.labels()),
                version.description(),
                Verification.Outcome.UNVERIFIED,
                Snapshot.State.COMPLETED,
                Snapshot.Condition.OK,
                false,
                ++ordinal);
        for (Map.Entry<String, String> label : version.labels().entrySet()) {
            insert(Table.SNAPSHOT_LABEL, version.id(), label.getKey(), label.getValue());
        }
        filesFirstNamed();
        return "snapshot:" + version.id();
    }

    private void filesFirstNamed() throws SQLException {
        for (ScaleFiles.StoredFile file : files.firstNamedBy(ordinal)) {
            insert(
                    Table.STORED_FILE,
                    file.id(),
                    file.digest(),
                    (long) ScaleFiles.SIZE_BYTES,
                    "RUN",
                    file.namedBy(),
                    file.namers(),
                    file.namedBy() == 1 ? file.namers() : null);
        }
    }

    private void audit(JournalEntry entry, long place, Change change, String subject) throws SQLException {
        if (change instanceof NumbersReserved) {
            return;
        }
        String actor = entry.cause().actor();
        String reason = entry.cause().reason();
        String job = entry.scope() instanceof io.strandline.catalog.Ledger.Scope.OfJob of ? of.jobId() : null;
        insert(
                Table.AUDIT_ENTRY,
                place,
                entry.at(),
                codec.name(change),
                job,
                branch(change),
                subject,
                actor,
                reason,
                codec.text(change));
        if (change instanceof SnapshotCompleted version) {
            insert(
                    Table.HEAD_MOVE,
                    place,
                    version.jobId(),
                    version.branch(),
                    version.parent(),
                    version.id(),
                    version.number(),
                    version.pipelineVersion(),
                    "CHECKPOINT",
                    entry.at(),
                    actor,
                    reason);
        }
    }

    private static @Nullable String branch(Change change) {
        if (change instanceof InstanceStarted started) {
            return started.branch();
        }
        if (change instanceof InstanceEnded ended) {
            return ended.branch();
        }
        return change instanceof SnapshotCompleted version ? version.branch() : null;
    }

    private void insert(Table table, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(table);
        if (statement == null) {
            String marks = String.join(", ", Collections.nCopies(values.length, "?"));
            statement = connection.prepareStatement("insert into "
                    + table.name().toLowerCase(Locale.ROOT) + " (" + table.columns + ") values (" + marks + ")");
            statements.put(table, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, plain(values[i]));
        }
        statement.addBatch();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Instant at) {
            return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private void commit() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.executeBatch();
        }
        connection.commit();
        open = 0;
    }

    /** Writes what is known at the end only: heads, and how far the catalog is. */
    @Override
    public void close() throws SQLException {
        for (SnapshotCompleted head : heads.values()) {
            insert(
                    Table.BRANCH,
                    head.jobId(),
                    head.branch(),
                    head.id(),
                    head.number(),
                    JsonText.of(head.line()),
                    1,
                    "STOPPED",
                    instances.get(head.jobId()).epoch(),
                    false);
        }
        insert(Table.CATALOG_STATE, 1, directoryId, sequence, hash);
        commit();
        for (PreparedStatement statement : List.copyOf(statements.values())) {
            statement.close();
        }
        files.writeReferences(connection, ordinal);
        indexes.putBack(connection);
    }
}
