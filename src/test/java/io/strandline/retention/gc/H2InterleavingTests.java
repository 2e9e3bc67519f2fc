package io.strandline.retention.gc;

import io.strandline.catalog.jpa.Database;
import org.junit.jupiter.api.AfterEach;

/** Every seventh schedule on H2, which fsync makes slow enough; all of them with {@code -Dinterleavings.all=true}. */
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
        return Boolean.getBoolean("interleavings.all") ? 1 : 7;
    }
}
