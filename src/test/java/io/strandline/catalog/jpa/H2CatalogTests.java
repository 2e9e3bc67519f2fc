package io.strandline.catalog.jpa;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2CatalogTests extends CatalogContract {

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.inMemory();
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
