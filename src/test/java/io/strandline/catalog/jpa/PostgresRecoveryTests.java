package io.strandline.catalog.jpa;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresRecoveryTests extends RecoveryContract {

    private static Database database;
    private static Database another;

    @BeforeAll
    static void open() throws IOException {
        database = PostgresServer.database("recovery_tests");
        another = PostgresServer.database("rebuilt_tests");
    }

    @AfterAll
    static void close() {
        database.close();
        another.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    Database another() {
        return another;
    }
}
