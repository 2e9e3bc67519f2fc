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
import io.strandline.snapshot.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes by plain SQL, in batches, what the projections would make of a journal without moves of heads, trash or labels'
 * changes; {@link ScaleCatalogTests} holds the two against each other.
 */
final class ScaleRows implements AutoCloseable {

    private static final int ENTRIES_IN_ONE_TRANSACTION = 1_000;

    private final Connection connection;
    private final ChangeCodec codec = new ChangeCodec();
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
    private final Map<String, SnapshotCompleted> heads = new HashMap<>();
    private final Map<String, InstanceStarted> instances = new HashMap<>();
    private final String directoryId;
    private long sequence;
    private String hash = "";
    private int open;

    ScaleRows(Connection connection, String directoryId) throws SQLException {
        this.connection = connection;
        this.directoryId = directoryId;
        connection.setAutoCommit(false);
    }

    void add(JournalEntry entry, @Nullable Manifest manifest) throws SQLException {
        for (int i = 0; i < entry.changes().size(); i++) {
            Change change = entry.changes().get(i);
            String subject = project(change, manifest);
            audit(entry, (entry.sequence() << 16) + i, change, subject);
        }
        sequence = entry.sequence();
        hash = entry.hash();
        if (++open == ENTRIES_IN_ONE_TRANSACTION) {
            commit();
        }
    }

    private String project(Change change, @Nullable Manifest manifest) throws SQLException {
        if (change instanceof JobCreated job) {
            insert("job", job.jobId(), job.name(), job.name(), job.description(), job.at(), null, null, false);
            insert("pipeline_version", job.jobId(), 1, job.pipeline(), job.at());
            return "job:" + job.jobId();
        }
        if (change instanceof NumbersReserved reserved) {
            insert("job_numbers", reserved.jobId(), reserved.upTo());
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
                    "tag",
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
            insert("policy", "server", null, policy.document(), policy.version(), policy.savedAt(), policy.savedBy());
            return "policy:server";
        }
        return version((SnapshotCompleted) change, manifest);
    }

    private void instance(InstanceEnded ended) throws SQLException {
        InstanceStarted started = instances.get(ended.jobId());
        insert(
                "instance",
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
                ended.at(),
                null,
                null);
    }

    private String version(SnapshotCompleted version, @Nullable Manifest manifest) throws SQLException {
        heads.put(version.jobId(), version);
        insert(
                "snapshot",
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
                null,
                version.durable(),
                JsonText.of(version.labels()),
                version.description(),
                null,
                null,
                Verification.Outcome.UNVERIFIED,
                Snapshot.State.COMPLETED,
                Snapshot.Condition.OK,
                null,
                null,
                false);
        for (Map.Entry<String, String> label : version.labels().entrySet()) {
            insert("snapshot_label", version.id(), label.getKey(), label.getValue());
        }
        for (var operator : manifest.content().operators()) {
            for (var state : operator.states()) {
                for (var run : state.runs()) {
                    insert(
                            "snapshot_file",
                            version.id(),
                            run.blob().digest().hex(),
                            run.blob().sizeBytes(),
                            "RUN");
                }
            }
        }
        return "snapshot:" + version.id();
    }

    private void audit(JournalEntry entry, long place, Change change, String subject) throws SQLException {
        if (change instanceof NumbersReserved) {
            return;
        }
        String actor = entry.cause().actor();
        String reason = entry.cause().reason();
        String job = entry.scope() instanceof io.strandline.catalog.Ledger.Scope.OfJob of ? of.jobId() : null;
        insert(
                "audit_entry",
                place,
                entry.at(),
                codec.name(change),
                job,
                subject,
                actor,
                null,
                null,
                reason,
                null,
                codec.text(change));
        if (change instanceof SnapshotCompleted version) {
            insert(
                    "head_move",
                    place,
                    version.jobId(),
                    version.branch(),
                    version.parent(),
                    version.id(),
                    version.number(),
                    "CHECKPOINT",
                    entry.at(),
                    actor,
                    null,
                    null,
                    reason);
        }
    }

    /** A row of a table, its columns in the order in which they were declared. */
    private void insert(String table, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(table);
        if (statement == null) {
            String marks = String.join(", ", Collections.nCopies(values.length, "?"));
            statement = connection.prepareStatement("insert into " + table + " values (" + marks + ")");
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
                    "branch",
                    head.jobId(),
                    head.branch(),
                    head.id(),
                    head.number(),
                    JsonText.of(head.line()),
                    1,
                    "STOPPED",
                    instances.get(head.jobId()).epoch(),
                    null,
                    null,
                    false);
        }
        insert("catalog_state", 1, directoryId, sequence, hash);
        commit();
        for (PreparedStatement statement : List.copyOf(statements.values())) {
            statement.close();
        }
    }
}
