package io.strandline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strandline.catalog.journal.DataDirectoryException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class CatalogSchemaTests {

    private final DataSource database = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1", "sa", "");
    private final Flyway flyway = Flyway.configure().dataSource(database).load();

    @Test
    void bringsAnEmptyDatabaseUpToThisRelease() {
        new CatalogSchema().migrate(flyway);

        assertThat(flyway.info().pending()).isEmpty();
        assertThatCode(() -> new CatalogSchema().migrate(flyway)).doesNotThrowAnyException();
    }

    @Test
    void refusesTablesThatANewerReleaseChanged() {
        new CatalogSchema().migrate(flyway);
        new JdbcTemplate(database)
                .update("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
                        + " \"description\", \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (999, '999', 'moons', 'SQL', 'V999__moons.sql', 1, 'sa', 1, true)");

        assertThatExceptionOfType(DataDirectoryException.class)
                .isThrownBy(() -> new CatalogSchema().migrate(flyway))
                .withMessageContaining("V999__moons.sql")
                .satisfies(refusal -> assertThat(refusal.getExitCode()).isEqualTo(11));
    }
}
