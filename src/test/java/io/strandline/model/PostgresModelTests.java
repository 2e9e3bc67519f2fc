package io.strandline.model;

import io.strandline.catalog.jpa.Database;
import io.strandline.catalog.jpa.PostgresServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Random scripts on PostgreSQL: {@code model.postgres.scripts} (16), each as {@link ModelContract} says. */
class PostgresModelTests extends ModelContract {

    private static Database database;

    @BeforeAll
    static void open() throws IOException {
        database = PostgresServer.database("model_tests");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    int scripts() {
        return Integer.getInteger("model.postgres.scripts", 16);
    }
}
