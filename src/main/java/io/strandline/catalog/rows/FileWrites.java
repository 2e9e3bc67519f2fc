package io.strandline.catalog.rows;

import io.strandline.snapshot.Manifest;
import io.strandline.storage.Blob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What one transaction changes of references, written all at once before it commits: rows, and the counts of the files they
 * concern. Rows of new files are made first, then counts are changed, both in the order of digests, so that no two transactions
 * wait for each other in a circle.
 */
public final class FileWrites {

    private static final String RUN = "RUN";

    private final JdbcTemplate sql;
    private final Numbering numbering;
    private final Map<Long, Collection<Blob>> named = new LinkedHashMap<>();
    private final Set<Long> givenUp = new LinkedHashSet<>();

    /** Of a transaction of this thread. */
    public FileWrites(JdbcTemplate sql, Numbering numbering) {
        this.sql = sql;
        this.numbering = numbering;
    }

    /** A version names the files of a manifest. */
    public void name(long ordinal, Manifest manifest) {
        Map<String, Blob> blobs = new LinkedHashMap<>();
        manifest.content().operators().stream()
                .flatMap(operator -> operator.states().stream())
                .flatMap(state -> state.runs().stream())
                .forEach(run -> blobs.put(run.blob().digest().hex(), run.blob()));
        named.put(ordinal, blobs.values());
    }

    /** A version names nothing any more. */
    public void giveUp(long ordinal) {
        if (named.remove(ordinal) == null) {
            givenUp.add(ordinal);
        }
    }

    /** No version of a job names anything any more. */
    public void giveUpAllOf(String jobId) {
        sql.queryForList("select ordinal from snapshot where job_id = ? and state <> 'PURGED'", Long.class, jobId)
                .forEach(this::giveUp);
    }

    /** Whether a version names anything. */
    public boolean namesAny(long ordinal) {
        if (named.containsKey(ordinal) || givenUp.contains(ordinal)) {
            return named.containsKey(ordinal);
        }
        return !sql.queryForList(
                        "select 1 from file_reference where place >= ? and place < ? limit 1",
                        Integer.class,
                        ordinal * Numbering.PLACES,
                        (ordinal + 1) * Numbering.PLACES)
                .isEmpty();
    }

    /** Writes it. */
    public void write() {
        if (named.isEmpty() && givenUp.isEmpty()) {
            return;
        }
        TreeMap<String, Delta> deltas = new TreeMap<>();
        givenUp.forEach(ordinal -> takeAway(ordinal, deltas));
        named.forEach((ordinal, blobs) -> blobs.forEach(
                blob -> delta(deltas, blob.digest().hex(), blob.sizeBytes()).add(1, ordinal)));
        findOrMake(deltas.values());
        count(deltas.values());
        forget(deltas.values());
        writeRows(deltas);
        named.clear();
        givenUp.clear();
    }

    /** How a file's counts change. */
    private static final class Delta {

        private final String digest;
        private final long sizeBytes;
        private @Nullable Long id;
        private long versions;
        private long ordinals;

        Delta(String digest, long sizeBytes) {
            this.digest = digest;
            this.sizeBytes = sizeBytes;
        }

        void add(int count, long ordinal) {
            versions += count;
            ordinals += count * ordinal;
        }

        long id() {
            return Objects.requireNonNull(id, digest);
        }

        Object[] values() {
            return new Object[] {versions, ordinals, versions, ordinals, id()};
        }
    }

    private static Delta delta(Map<String, Delta> deltas, String digest, long sizeBytes) {
        return deltas.computeIfAbsent(digest, hex -> new Delta(hex, sizeBytes));
    }

    private void takeAway(long ordinal, Map<String, Delta> deltas) {
        sql.query(
                "select f.digest, f.size_bytes, f.id from file_reference r join stored_file f on f.id = r.file_id"
                        + " where r.place >= ? and r.place < ?",
                row -> {
                    Delta delta = delta(deltas, row.getString(1), row.getLong(2));
                    delta.id = row.getLong(3);
                    delta.add(-1, ordinal);
                },
                ordinal * Numbering.PLACES,
                (ordinal + 1) * Numbering.PLACES);
    }

    /** Finds the rows of files; those that there are none of are written, by whoever comes first, without a version yet. */
    private void findOrMake(Collection<Delta> all) {
        List<Delta> unknown = without(all);
        find(unknown);
        for (unknown = without(unknown); !unknown.isEmpty(); unknown = without(unknown)) {
            int[] made = sql.batchUpdate(
                    "insert into stored_file (id, digest, size_bytes, role, named_by, namers)"
                            + " values (?, ?, ?, ?, 0, 0) on conflict do nothing",
                    unknown.stream().map(this::newRow).toList());
            for (int i = 0; i < made.length; i++) {
                if (made[i] != 1) { // the number belongs to no row
                    unknown.get(i).id = null;
                }
            }
            find(without(unknown));
        }
    }

    private static List<Delta> without(Collection<Delta> all) {
        return all.stream().filter(delta -> delta.id == null).toList();
    }

    private void find(List<Delta> unknown) {
        Map<String, Delta> byDigest = new HashMap<>();
        unknown.forEach(delta -> byDigest.put(delta.digest, delta));
        Parts.of(
                unknown,
                some -> sql.query(
                        "select digest, id from stored_file where digest in (" + Parts.marks(some.size()) + ")",
                        row -> {
                            Objects.requireNonNull(byDigest.get(row.getString(1)), "asked for").id = row.getLong(2);
                        },
                        some.stream().map(delta -> delta.digest).toArray()));
    }

    private Object[] newRow(Delta delta) {
        delta.id = numbering.nextFile();
        return new Object[] {delta.id, delta.digest, delta.sizeBytes, RUN};
    }

    /** Changes the counts; where the last version of a file and its row went meanwhile, it is written anew. */
    private void count(Collection<Delta> all) {
        List<Delta> left = List.copyOf(all);
        while (!left.isEmpty()) {
            int[] updated = sql.batchUpdate(
                    "update stored_file set named_by = named_by + ?, namers = namers + ?,"
                            + " only_by = case when named_by + ? = 1 then namers + ? end where id = ?",
                    left.stream().map(Delta::values).toList());
            List<Delta> gone = new ArrayList<>();
            for (int i = 0; i < updated.length; i++) {
                if (updated[i] == 0) {
                    left.get(i).id = null;
                    gone.add(left.get(i));
                }
            }
            findOrMake(gone);
            left = gone;
        }
    }

    private void forget(Collection<Delta> deltas) {
        List<Object[]> fewer = deltas.stream()
                .filter(delta -> delta.versions < 0)
                .map(delta -> new Object[] {delta.id()})
                .toList();
        if (!fewer.isEmpty()) {
            sql.batchUpdate("delete from stored_file where id = ? and named_by = 0", fewer);
        }
    }

    private void writeRows(Map<String, Delta> deltas) {
        if (!givenUp.isEmpty()) {
            sql.batchUpdate(
                    "delete from file_reference where place >= ? and place < ?",
                    givenUp.stream()
                            .map(ordinal -> new Object[] {ordinal * Numbering.PLACES, (ordinal + 1) * Numbering.PLACES})
                            .toList());
        }
        List<Object[]> rows = new ArrayList<>();
        named.forEach((ordinal, blobs) -> {
            long place = ordinal * Numbering.PLACES;
            for (Blob blob : blobs) {
                Delta delta = Objects.requireNonNull(deltas.get(blob.digest().hex()), "counted");
                rows.add(new Object[] {place++, delta.id()});
            }
        });
        if (!rows.isEmpty()) {
            sql.batchUpdate("insert into file_reference (place, file_id) values (?, ?)", rows);
        }
    }
}
