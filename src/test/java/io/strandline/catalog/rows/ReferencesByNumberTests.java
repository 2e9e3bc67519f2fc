package io.strandline.catalog.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.history.Housekeeping.Room;
import io.strandline.snapshot.SnapshotId;
import io.strandline.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** References that an older server has written are there by number after the step to this schema. */
class ReferencesByNumberTests {

    private static final SnapshotId FIRST = SnapshotId.parse("01990f3c-5a00-7abc-8def-000000000001");
    private static final SnapshotId SECOND = SnapshotId.parse("01990f3c-5a00-7abc-8def-000000000002");
    private static final Digest OWN = digest("own");
    private static final Digest SHARED = digest("shared");

    @Test
    void bringsReferencesOverFromTheSchemaBefore() {
        JdbcConnectionPool source = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                "sa",
                "");
        try {
            migrate(source, "10");
            JdbcTemplate sql = new JdbcTemplate(source);
            sql.update("insert into job (id, name, created_at, purged) values ('j', 'j', now(), false)");
            version(sql, FIRST, 1);
            version(sql, SECOND, 2);
            reference(sql, FIRST, OWN, 5);
            reference(sql, FIRST, SHARED, 7);
            reference(sql, SECOND, SHARED, 7);
            migrate(source, "11");
            FileReads files = new FileReads(sql);
            assertThat(files.of(FIRST))
                    .containsExactlyInAnyOrder(new NamedFile(OWN, 5, "RUN"), new NamedFile(SHARED, 7, "RUN"));
            assertThat(files.exclusiveBytes(List.of(FIRST, SECOND))).isEqualTo(Map.of(FIRST, 5L, SECOND, 0L));
            assertThat(files.onlyNamedBy(List.of(FIRST))).isEqualTo(new Room(1, 5));
            assertThat(files.onlyNamedBy(List.of(FIRST, SECOND))).isEqualTo(new Room(2, 12));
            assertThat(files.unnamed(Set.of(OWN, SHARED, digest("nobody's")))).containsExactly(digest("nobody's"));
            assertThat(files.versionsNaming(SHARED)).containsExactly(FIRST.toString(), SECOND.toString());
            assertThat(new Numbering(sql).nextOrdinal()).isEqualTo(3);
        } finally {
            source.dispose();
        }
    }

    private static void migrate(DataSource source, String target) {
        Flyway.configure().dataSource(source).target(target).load().migrate();
    }

    private static void version(JdbcTemplate sql, SnapshotId id, long number) {
        sql.update(
                "insert into snapshot (id, job_id, branch, number, kind, mode, epoch, pipeline_version, backend, parallelism,"
                        + " started_at, completed_at, total_bytes, new_bytes, manifest_digest, durable, labels,"
                        + " verification_outcome, state, health, trashed_with_job) values (?, 'j', 'main', ?, 'MANUAL', 'FULL', 1,"
                        + " 1, 'rocksdb', 1, now(), now(), 1, 1, 'sha256:0', true, '{}', 'UNVERIFIED', 'COMPLETED', 'OK', false)",
                id.toString(),
                number);
    }

    private static void reference(JdbcTemplate sql, SnapshotId id, Digest digest, long bytes) {
        sql.update(
                "insert into snapshot_file (snapshot_id, digest, size_bytes, role) values (?, ?, ?, 'RUN')",
                id.toString(),
                digest.hex(),
                bytes);
    }

    private static Digest digest(String text) {
        return Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
