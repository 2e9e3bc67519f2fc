package io.strandline.catalog.jpa;

import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
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

    boolean named(Digest digest) {
        return !sql.queryForList("select 1 from snapshot_file where digest = ? limit 1", Integer.class, digest.hex())
                .isEmpty();
    }

    Set<Digest> unnamed(Collection<Digest> digests) {
        Set<Digest> unnamed = new HashSet<>(digests);
        List<Digest> all = List.copyOf(digests);
        for (int from = 0; from < all.size(); from += IN_ONE_QUERY) {
            List<Digest> some = all.subList(from, Math.min(all.size(), from + IN_ONE_QUERY));
            String query = "select distinct digest from snapshot_file where digest in (" + marks(some.size()) + ")";
            sql.queryForList(query, String.class, some.stream().map(Digest::hex).toArray())
                    .forEach(hex -> unnamed.remove(new Digest(hex)));
        }
        return unnamed;
    }

    List<String> versionsNaming(Digest digest) {
        return sql.queryForList(
                "select snapshot_id from snapshot_file where digest = ? order by snapshot_id",
                String.class,
                digest.hex());
    }

    Map<SnapshotId, Long> exclusiveBytes(Collection<SnapshotId> ids) {
        Map<SnapshotId, Long> bytes = new HashMap<>();
        List<SnapshotId> all = List.copyOf(ids);
        all.forEach(id -> bytes.put(id, 0L));
        for (int from = 0; from < all.size(); from += IN_ONE_QUERY) {
            List<SnapshotId> some = all.subList(from, Math.min(all.size(), from + IN_ONE_QUERY));
            sql.query(
                    "select f.snapshot_id, sum(f.size_bytes) from snapshot_file f where f.snapshot_id in ("
                            + marks(some.size()) + ") and not exists (select 1 from snapshot_file o"
                            + " where o.digest = f.digest and o.snapshot_id <> f.snapshot_id) group by f.snapshot_id",
                    row -> {
                        bytes.put(SnapshotId.parse(row.getString(1)), row.getLong(2));
                    },
                    some.stream().map(SnapshotId::toString).toArray());
        }
        return bytes;
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
