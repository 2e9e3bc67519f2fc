package io.strandline.catalog.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.springframework.jdbc.core.JdbcTemplate;

/** One PostgreSQL for all tests of this process, started when it is first asked for and gone with the process. */
public final class PostgresServer {

    private static EmbeddedPostgres server;

    private PostgresServer() {}

    /** A new database of its own. */
    public static synchronized Database database(String name) throws IOException {
        if (server == null) {
            server = EmbeddedPostgres.builder().start();
        }
        new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name);
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(server.getDatabase("postgres", name));
        pool.setMaximumPoolSize(12);
        return new Database(pool);
    }
}
