package io.strandline.retention.gc;

import io.strandline.catalog.jpa.Database;
import org.junit.jupiter.api.AfterEach;

/** All schedules, on H2. */
class H2InterleavingTests extends InterleavingContract {

    private final Database database = Database.inMemory();

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
        return 1;
    }
}
