package io.strandline.engine.connector.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

class H2SinkTests extends RefusedRowContract {

    private final HikariDataSource pool = new HikariDataSource();

    @Override
    DataSource database() {
        pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return pool;
    }

    @Override
    String bytesType() {
        return "varbinary(99)";
    }

    @Override
    String wider() {
        return "varchar(99)";
    }

    @AfterEach
    void close() {
        pool.close();
    }
}
