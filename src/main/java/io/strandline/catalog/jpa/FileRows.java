package io.strandline.catalog.jpa;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.history.Housekeeping.Room;
import io.strandline.catalog.history.Housekeeping.Sharing;
import io.strandline.catalog.history.Housekeeping.Use;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which version names which file: rows without an entity, because they come and go by the hundred. */
final class FileRows {

    private static final String RUN = "RUN";
    private static final int IN_ONE_QUERY = 500;

    private final JdbcTemplate sql;

    FileRows(JdbcTemplate sql) {
        this.sql = sql;
    }

    void add(SnapshotId id, Manifest manifest) {
        Map<Digest, Blob> blobs = new LinkedHashMap<>();
        manifest.content().operators().stream()
                .flatMap(operator -> operator.states().stream())
                .flatMap(state -> state.runs().stream())
                .forEach(run -> blobs.put(run.blob().digest(), run.blob()));
        List<Object[]> rows = new ArrayList<>();
        blobs.values()
                .forEach(blob ->
                        rows.add(new Object[] {id.toString(), blob.digest().hex(), blob.sizeBytes(), RUN}));
        sql.batchUpdate("insert into snapshot_file (snapshot_id, digest, size_bytes, role) values (?, ?, ?, ?)", rows);
    }

    void remove(SnapshotId id) {
        sql.update("delete from snapshot_file where snapshot_id = ?", id.toString());
    }

    void removeOfJob(String jobId) {
        sql.update("delete from snapshot_file where snapshot_id in (select id from snapshot where job_id = ?)", jobId);
    }

    boolean any(SnapshotId id) {
        return !sql.queryForList(
                        "select 1 from snapshot_file where snapshot_id = ? limit 1", Integer.class, id.toString())
                .isEmpty();
    }

    List<NamedFile> of(SnapshotId id) {
        return sql.query(
                "select digest, size_bytes, role from snapshot_file where snapshot_id = ? order by digest",
                (row, number) -> new NamedFile(new Digest(row.getString(1)), row.getLong(2), row.getString(3)),
                id.toString());
    }

    Map<SnapshotId, List<NamedFile>> of(Collection<SnapshotId> ids) {
        Map<SnapshotId, List<NamedFile>> files = new HashMap<>();
        inParts(
                ids,
                some -> sql.query(
                        "select snapshot_id, digest, size_bytes, role from snapshot_file where snapshot_id in ("
                                + marks(some.size()) + ") order by snapshot_id, digest",
                        row -> {
                            files.computeIfAbsent(SnapshotId.parse(row.getString(1)), id -> new ArrayList<>())
                                    .add(new NamedFile(new Digest(row.getString(2)), row.getLong(3), row.getString(4)));
                        },
                        some.stream().map(SnapshotId::toString).toArray()));
        return files;
    }

    /** Compares how often these versions name each of their files with how often anybody does. */
    Room onlyNamedBy(Collection<SnapshotId> ids) {
        Map<String, Integer> theirs = new HashMap<>();
        inParts(
                ids,
                some -> sql.query(
                        "select digest, count(*) from snapshot_file where snapshot_id in (" + marks(some.size())
                                + ") group by digest",
                        row -> {
                            theirs.merge(row.getString(1), row.getInt(2), Integer::sum);
                        },
                        some.stream().map(SnapshotId::toString).toArray()));
        int[] only = {0};
        long[] bytes = {0};
        inParts(
                theirs.keySet(),
                some -> sql.query(
                        "select digest, count(*), max(size_bytes) from snapshot_file where digest in ("
                                + marks(some.size()) + ") group by digest",
                        row -> {
                            if (row.getInt(2) == theirs.getOrDefault(row.getString(1), 0)) {
                                only[0]++;
                                bytes[0] += row.getLong(3);
                            }
                        },
                        some.toArray()));
        return new Room(only[0], bytes[0]);
    }

    private static <T> void inParts(Collection<T> all, Consumer<List<T>> query) {
        List<T> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += IN_ONE_QUERY) {
            query.accept(list.subList(from, Math.min(list.size(), from + IN_ONE_QUERY)));
        }
    }

    boolean named(Digest digest) {
        return !sql.queryForList("select 1 from snapshot_file where digest = ? limit 1", Integer.class, digest.hex())
                .isEmpty();
    }

    Set<Digest> unnamed(Collection<Digest> digests) {
        Set<Digest> unnamed = new HashSet<>(digests);
        inParts(digests, some -> {
            String query = "select distinct digest from snapshot_file where digest in (" + marks(some.size()) + ")";
            sql.queryForList(query, String.class, some.stream().map(Digest::hex).toArray())
                    .forEach(hex -> unnamed.remove(new Digest(hex)));
        });
        return unnamed;
    }

    List<String> versionsNaming(Digest digest) {
        return sql.queryForList(
                "select snapshot_id from snapshot_file where digest = ? order by snapshot_id",
                String.class,
                digest.hex());
    }

    Map<Digest, Sharing> sharing(Snapshot version) {
        Map<Digest, Sharing> sharing = new HashMap<>();
        sql.query(
                "select f.digest, count(*), min(case when s.job_id = ? then s.number end) from snapshot_file v"
                        + " join snapshot_file f on f.digest = v.digest join snapshot s on s.id = f.snapshot_id"
                        + " where v.snapshot_id = ? group by f.digest",
                row -> {
                    sharing.put(new Digest(row.getString(1)), new Sharing(row.getLong(2), row.getLong(3)));
                },
                version.jobId(),
                version.id().toString());
        return sharing;
    }

    List<Use> uses(String jobId) {
        return sql.query(
                "select distinct s.branch, s.kind, s.state, f.digest, f.size_bytes from snapshot s"
                        + " join snapshot_file f on f.snapshot_id = s.id where s.job_id = ?",
                (row, number) -> new Use(
                        row.getString(1),
                        SnapshotKind.valueOf(row.getString(2)),
                        Snapshot.State.valueOf(row.getString(3)),
                        new Digest(row.getString(4)),
                        row.getLong(5)),
                jobId);
    }

    Map<SnapshotId, Long> exclusiveBytes(Collection<SnapshotId> ids) {
        Map<SnapshotId, Long> bytes = new HashMap<>();
        ids.forEach(id -> bytes.put(id, 0L));
        inParts(
                ids,
                some -> sql.query(
                        "select f.snapshot_id, sum(f.size_bytes) from snapshot_file f where f.snapshot_id in ("
                                + marks(some.size()) + ") and not exists (select 1 from snapshot_file o"
                                + " where o.digest = f.digest and o.snapshot_id <> f.snapshot_id) group by f.snapshot_id",
                        row -> {
                            bytes.put(SnapshotId.parse(row.getString(1)), row.getLong(2));
                        },
                        some.stream().map(SnapshotId::toString).toArray()));
        return bytes;
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
