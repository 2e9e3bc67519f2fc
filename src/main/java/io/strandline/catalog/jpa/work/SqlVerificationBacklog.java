package io.strandline.catalog.jpa.work;

import io.strandline.catalog.Campaign;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.history.VerificationBacklog;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Asks the tables of versions, branches, tags and holds. */
@Component
class SqlVerificationBacklog implements VerificationBacklog {

    private static final String LIVE = "s.state = 'COMPLETED' and s.health = 'OK'";
    private static final String IN_USE = " and s.id in (select head_id from branch union select snapshot_id from tag"
            + " union select snapshot_id from hold)";
    private static final String DUE =
            "(s.verification_at is null or s.verification_at < ? or s.verification_level not in (%s))";
    private static final String ORDER = " order by s.verification_at nulls first, s.id limit 1";

    private static final String DAMAGED =
            " from snapshot s where s.state = 'COMPLETED' and s.health in ('DAMAGED', 'LOST') and s.durable";
    private static final int JOBS_NAMED = 10;

    private final JdbcTemplate sql;
    private final Catalog catalog;

    SqlVerificationBacklog(JdbcTemplate sql, Catalog catalog) {
        this.sql = sql;
        this.catalog = catalog;
    }

    @Override
    public Optional<Campaign> campaign() {
        return sql
                .query(
                        "select enabled, level, bytes_per_day, fresh_millis, version, saved_at, saved_by"
                                + " from verification_campaign where id = 1",
                        (row, number) -> new Campaign(
                                row.getBoolean(1),
                                Level.valueOf(row.getString(2)),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getString(7)))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Snapshot> next(Level level, Instant before) {
        Optional<Snapshot> inUse = first(IN_USE, level, before);
        return inUse.isPresent() ? inUse : first("", level, before);
    }

    /** Three counts, each over no more of an index than it counts. */
    @Override
    public Coverage coverage(Level level, Instant since) {
        List<Object> recently = new ArrayList<>();
        recently.add(at(since));
        recently.addAll(levels(level));
        long intact = count(LIVE);
        long damaged = count("s.state = 'COMPLETED' and s.health in ('DAMAGED', 'LOST')");
        long verified = count(
                LIVE + " and s.verification_at >= ? and s.verification_outcome = 'INTACT' and s.verification_level in ("
                        + marks(level) + ")",
                recently.toArray());
        return new Coverage(intact + damaged, verified, damaged);
    }

    private long count(String condition, Object... values) {
        Long count = sql.queryForObject("select count(*) from snapshot s where " + condition, Long.class, values);
        return count == null ? 0 : count;
    }

    @Override
    public Damage damage() {
        Long versions = sql.queryForObject("select count(*)" + DAMAGED, Long.class);
        if (versions == null || versions == 0) {
            return new Damage(0, List.of());
        }
        return new Damage(
                versions,
                sql.queryForList(
                        "select name from job where id in (select s.job_id" + DAMAGED + ") order by name limit "
                                + JOBS_NAMED,
                        String.class));
    }

    private Optional<Snapshot> first(String more, Level level, Instant before) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(at(before));
        arguments.addAll(levels(level));
        String due = DUE.formatted(marks(level));
        return sql
                .queryForList(
                        "select s.id from snapshot s where " + LIVE + " and " + due + more + ORDER,
                        String.class,
                        arguments.toArray())
                .stream()
                .findFirst()
                .flatMap(id -> catalog.snapshot(SnapshotId.parse(id)));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<String> levels(Level least) {
        return Arrays.stream(Level.values())
                .filter(level -> level.compareTo(least) >= 0)
                .map(Level::name)
                .toList();
    }

    private static String marks(Level least) {
        return levels(least).stream().map(level -> "?").collect(Collectors.joining(", "));
    }
}
