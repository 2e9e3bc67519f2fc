package io.strandline.catalog.jpa;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2RecoveryTests extends RecoveryContract {

    private static Database first;
    private static Database second;

    @BeforeAll
    static void open() {
        first = Database.inMemory();
        second = Database.inMemory();
    }

    @AfterAll
    static void close() {
        first.close();
        second.close();
    }

    @Override
    Database database() {
        return first;
    }

    @Override
    Database another() {
        return second;
    }
}
