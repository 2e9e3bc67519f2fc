package io.strandline.catalog.jpa;

import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2CatalogTests extends CatalogContract {

    private static Database database;

    @BeforeAll
    static void open() {
        database = inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Database inMemory() {
        return new Database(JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                "sa",
                ""));
    }

    @Override
    Database database() {
        return database;
    }
}
