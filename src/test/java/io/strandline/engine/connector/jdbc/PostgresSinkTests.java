package io.strandline.engine.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.connector.RefusedRowException;
import io.strandline.engine.connector.SinkWriter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresSinkTests extends RefusedRowContract {

    private static EmbeddedPostgres server;
    private static int databases;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    DataSource database() throws Exception {
        String name = "sink" + databases++;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getDatabase("postgres", name);
    }

    @Override
    String bytesType() {
        return "bytea";
    }

    @Override
    String wider() {
        return "type varchar(99)";
    }

    /** Nobody can tell which row it is, and none may be lost. */
    @Test
    void failsWhenAConstraintIsCheckedAtTheEndOfTheTransactionOnly() throws Exception {
        execute("create table lazy (k varchar(20) unique deferrable initially deferred, n bigint)");
        JdbcSink sink = sink(target("lazy"), letters(5));
        sink.recover(start());
        try (SinkWriter writer = sink.writer(context())) {
            write(writer, "a", 1);
            write(writer, "a", 2);
            writer.prepare(1).join();
        }

        assertThatThrownBy(() -> sink.commit(1))
                .isInstanceOf(RefusedRowException.class)
                .hasMessageContaining("(k)=(a) already exists");
        assertThat(rows("select k from lazy")).isEmpty();
    }
}
