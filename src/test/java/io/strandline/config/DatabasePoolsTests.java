package io.strandline.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DatabasePoolsTests {

    /** As behind a table that somebody has locked, or a host that has vanished. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void givesUpADatabaseThatDoesNotAnswer() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection locker = server.getPostgresDatabase().getConnection();
                Statement lock = locker.createStatement();
                DatabasePools pools = new DatabasePools(Map.of(
                        "warehouse",
                        new ConnectionSettings(
                                server.getJdbcUrl("postgres", "postgres"),
                                "postgres",
                                null,
                                Duration.ofMillis(300))))) {
            lock.execute("create table t (k int)");
            locker.setAutoCommit(false);
            lock.execute("lock table t in access exclusive mode");
            DataSource database = pools.databases().connections().get("warehouse");

            assertThatThrownBy(() -> {
                        try (Connection connection = database.getConnection();
                                Statement insert = connection.createStatement()) {
                            insert.execute("insert into t values (1)");
                        }
                    })
                    .isInstanceOf(SQLException.class);
        }
    }
}
