package io.strandline.catalog.rows;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.history.Housekeeping.Room;
import io.strandline.catalog.history.Housekeeping.Sharing;
import io.strandline.catalog.history.Housekeeping.Use;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Reads references. Whether anybody names a file is read from the rows themselves, what is only shown from the counts. */
public final class FileReads {

    private static final String IN_VERSION = " r.place >= s.ordinal * 1048576 and r.place < (s.ordinal + 1) * 1048576";
    private static final String FILES_OF_VERSIONS =
            " from snapshot s join file_reference r on" + IN_VERSION + " join stored_file f on f.id = r.file_id";

    /** A version's references lie between its ordinal times this and the next one's. */
    private static final long PLACES = 1 << 20;

    private final JdbcTemplate sql;

    /** Over the tables. */
    public FileReads(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** The files a version names, by digest. */
    public List<NamedFile> of(SnapshotId id) {
        return of(List.of(id)).getOrDefault(id, List.of());
    }

    /** The files each of many versions names, by digest. */
    public Map<SnapshotId, List<NamedFile>> of(Collection<SnapshotId> ids) {
        Map<SnapshotId, List<Long>> references = references(ids);
        Map<Long, NamedFile> files = new HashMap<>();
        stored(references.values(), "digest, size_bytes, role", row -> {
            NamedFile file = new NamedFile(new Digest(row.getString(2)), row.getLong(3), row.getString(4));
            files.put(row.getLong(1), file);
        });
        Map<SnapshotId, List<NamedFile>> named = new HashMap<>();
        references.forEach((id, some) -> named.put(
                id,
                some.stream()
                        .map(file -> Objects.requireNonNull(files.get(file), "a reference to a file that there is"))
                        .sorted(Comparator.comparing(file -> file.digest().hex()))
                        .toList()));
        return named;
    }

    /** What only these versions name: compares how often they name each of their files with how often anybody does. */
    public Room onlyNamedBy(Collection<SnapshotId> ids) {
        Map<SnapshotId, List<Long>> references = references(ids);
        Map<Long, Long> namings = references.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<Long> only = new ArrayList<>();
        stored(references.values(), "named_by, size_bytes", row -> {
            if (Objects.equals(namings.get(row.getLong(1)), row.getLong(2))) {
                only.add(row.getLong(3));
            }
        });
        return new Room(only.size(), only.stream().mapToLong(Long::longValue).sum());
    }

    /** Ids of the files that versions name. One version and one table at a time: H2 would begin a join with all files there are. */
    private Map<SnapshotId, List<Long>> references(Collection<SnapshotId> ids) {
        Map<SnapshotId, Long> ordinals = new LinkedHashMap<>();
        Parts.of(
                ids,
                some -> sql.query(
                        "select id, ordinal from snapshot where id in (" + Parts.marks(some.size()) + ")",
                        row -> {
                            ordinals.put(SnapshotId.parse(row.getString(1)), row.getLong(2));
                        },
                        texts(some)));
        Map<SnapshotId, List<Long>> references = new LinkedHashMap<>();
        ordinals.forEach((id, ordinal) -> references.put(
                id,
                sql.queryForList(
                        "select file_id from file_reference where place >= ? and place < ?",
                        Long.class,
                        ordinal * PLACES,
                        (ordinal + 1) * PLACES)));
        return references;
    }

    /** Reads columns, behind the id, of each file once. */
    private void stored(Collection<List<Long>> references, String columns, RowCallbackHandler each) {
        Set<Long> files = references.stream().flatMap(List::stream).collect(Collectors.toSet());
        Parts.of(
                files,
                some -> sql.query(
                        "select id, " + columns + " from stored_file where id in (" + Parts.marks(some.size()) + ")",
                        each,
                        some.toArray()));
    }

    /** Whether any version names a file. */
    public boolean named(Digest digest) {
        return !sql.queryForList(
                        "select 1 from stored_file f join file_reference r on r.file_id = f.id where f.digest = ? limit 1",
                        Integer.class,
                        digest.hex())
                .isEmpty();
    }

    /** Those of some files that no version names. */
    public Set<Digest> unnamed(Collection<Digest> digests) {
        Set<Digest> unnamed = new HashSet<>(digests);
        Parts.of(digests, some -> {
            String query = "select f.digest from stored_file f where f.digest in (" + Parts.marks(some.size())
                    + ") and exists (select 1 from file_reference r where r.file_id = f.id)";
            sql.queryForList(query, String.class, some.stream().map(Digest::hex).toArray())
                    .forEach(hex -> unnamed.remove(new Digest(hex)));
        });
        return unnamed;
    }

    /** Ids of the versions that name a file, oldest first. */
    public List<String> versionsNaming(Digest digest) {
        return sql.queryForList(
                "select s.id from stored_file f join file_reference r on r.file_id = f.id"
                        + " join snapshot s on s.ordinal = r.place / 1048576 where f.digest = ? order by s.id",
                String.class,
                digest.hex());
    }

    /** How widely each file of a version is shared. */
    public Map<Digest, Sharing> sharing(Snapshot version) {
        Map<Digest, Sharing> sharing = new HashMap<>();
        sql.query(
                "select f.digest, max(f.named_by), min(case when o.job_id = ? then o.number end)" + FILES_OF_VERSIONS
                        + " join file_reference a on a.file_id = f.id join snapshot o on o.ordinal = a.place / 1048576"
                        + " where s.id = ? group by f.digest",
                row -> {
                    sharing.put(new Digest(row.getString(1)), new Sharing(row.getLong(2), row.getLong(3)));
                },
                version.jobId(),
                version.id().toString());
        return sharing;
    }

    /** Which files a job's versions name, once for each branch, kind and state. */
    public List<Use> uses(String jobId) {
        return sql.query(
                "select distinct s.branch, s.kind, s.state, f.digest, f.size_bytes" + FILES_OF_VERSIONS
                        + " where s.job_id = ?",
                (row, number) -> new Use(
                        row.getString(1),
                        SnapshotKind.valueOf(row.getString(2)),
                        Snapshot.State.valueOf(row.getString(3)),
                        new Digest(row.getString(4)),
                        row.getLong(5)),
                jobId);
    }

    /** Bytes of the files that only the version itself names, for each of many. */
    public Map<SnapshotId, Long> exclusiveBytes(Collection<SnapshotId> ids) {
        Map<SnapshotId, Long> bytes = new HashMap<>();
        ids.forEach(id -> bytes.put(id, 0L));
        Parts.of(
                ids,
                some -> sql.query(
                        "select s.id, sum(f.size_bytes) from snapshot s join stored_file f on f.only_by = s.ordinal"
                                + " where s.id in (" + Parts.marks(some.size()) + ") group by s.id",
                        row -> {
                            bytes.put(SnapshotId.parse(row.getString(1)), row.getLong(2));
                        },
                        texts(some)));
        return bytes;
    }

    /** Directories that sinks of a job's branches were sent to. */
    public List<String> outputPaths(String jobId) {
        return sql.queryForList("select path from output_place where job_id = ? order by path", String.class, jobId);
    }

    private static Object[] texts(List<SnapshotId> ids) {
        return ids.stream().map(SnapshotId::toString).toArray();
    }
}
