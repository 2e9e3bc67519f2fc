package io.strandline.retention.gc;

import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.jpa.PostgresServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sample of the schedules on PostgreSQL; all of them with {@code -Dinterleavings.all=true}. */
class PostgresInterleavingTests extends InterleavingContract {

    private static int databases;

    private Database database;

    @BeforeEach
    void open() throws IOException {
        database = PostgresServer.database("interleaving_" + ++databases);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    int stride() {
        return Boolean.getBoolean("interleavings.all") ? 1 : 35;
    }
}
