package io.strandline.catalog.jpa;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCatalogTests extends CatalogContract {

    private static Database database;

    @BeforeAll
    static void open() throws IOException {
        database = PostgresServer.database("catalog_tests");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
