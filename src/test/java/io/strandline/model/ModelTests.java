package io.strandline.model;

import io.strandline.catalog.jpa.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Random scripts on H2: {@code model.scripts} (500), each as {@link ModelContract} says. */
class ModelTests extends ModelContract {

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

    @Override
    int scripts() {
        return Integer.getInteger("model.scripts", 500);
    }
}
