package io.strandline.catalog.rows;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification;
import io.strandline.catalog.history.Outline;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads outlines of a job's versions, from an index that has all of their columns, so that no row of the table is touched. */
public final class OutlineReads {

    private final JdbcTemplate sql;

    /** Over the tables. */
    public OutlineReads(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** From the oldest COMPLETED version on, newest first; {@code labelled} with their labels, else without. */
    public List<Outline> of(String jobId, boolean labelled) {
        Long oldest = sql.queryForObject(
                "select min(number) from snapshot where job_id = ? and state = 'COMPLETED'", Long.class, jobId);
        if (oldest == null) {
            return List.of();
        }
        Map<SnapshotId, Map<String, String>> labels = labelled ? labels(jobId, oldest) : Map.of();
        return sql.query(
                "select id, number, parent_id, branch, kind, completed_at, state, health, verification_level,"
                        + " verification_outcome, total_bytes from snapshot where job_id = ? and number >= ?"
                        + " order by job_id, number desc",
                new Outlines(labels)::outline,
                jobId,
                oldest);
    }

    private Map<SnapshotId, Map<String, String>> labels(String jobId, long oldest) {
        Map<SnapshotId, Map<String, String>> labels = new HashMap<>();
        sql.query(
                "select l.snapshot_id, l.label_name, l.label_value from snapshot s join snapshot_label l"
                        + " on l.snapshot_id = s.id where s.job_id = ? and s.number >= ?",
                row -> {
                    labels.computeIfAbsent(id(row.getString(1)), id -> new HashMap<>())
                            .put(row.getString(2), row.getString(3));
                },
                jobId,
                oldest);
        return labels;
    }

    private static boolean isVerified(@Nullable String level, String outcome) {
        return level != null
                && Verification.Level.valueOf(level).compareTo(Verification.Level.CHECKSUMS) >= 0
                && outcome.equals(Verification.Outcome.INTACT.name());
    }

    /** What the catalog itself has written needs no second look. */
    private static SnapshotId id(String text) {
        return new SnapshotId(UUID.fromString(text));
    }

    /** Makes outlines of rows, newest first. A version is mostly the parent of the one before: it gets the id that is there. */
    private static final class Outlines {

        private final Map<SnapshotId, Map<String, String>> labels;
        private String parentText = "";
        private @Nullable SnapshotId parent;
        private String branch = "";

        private Outlines(Map<SnapshotId, Map<String, String>> labels) {
            this.labels = labels;
        }

        private Outline outline(ResultSet row, int place) throws SQLException {
            String idText = row.getString(1);
            SnapshotId id = parent != null && idText.equals(parentText) ? parent : id(idText);
            String below = row.getString(3);
            parentText = below == null ? "" : below;
            parent = below == null ? null : id(below);
            String its = row.getString(4);
            branch = its.equals(branch) ? branch : its;
            return new Outline(
                    id,
                    row.getLong(2),
                    parent,
                    branch,
                    SnapshotKind.valueOf(row.getString(5)),
                    row.getObject(6, OffsetDateTime.class).toInstant(),
                    Snapshot.State.valueOf(row.getString(7)),
                    Snapshot.Condition.valueOf(row.getString(8)),
                    isVerified(row.getString(9), row.getString(10)),
                    labels.getOrDefault(id, Map.of()),
                    row.getLong(11));
        }
    }
}
