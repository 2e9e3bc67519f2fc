package io.strandline.config;

import com.zaxxer.hikari.HikariDataSource;
import io.strandline.runner.connect.Databases;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A small pool of connections for each configured database, filled when somebody writes to it. */
final class DatabasePools implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 4;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Map<String, HikariDataSource> pools = new HashMap<>();

    DatabasePools(Map<String, ConnectionSettings> connections) {
        connections.forEach((name, settings) -> pools.put(name, pool(name, settings)));
    }

    Databases databases() {
        return new Databases(new HashMap<>(pools));
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }

    private static HikariDataSource pool(String name, ConnectionSettings settings) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("connection-" + name);
        pool.setJdbcUrl(settings.url());
        set(settings.username(), pool::setUsername);
        set(settings.password(), pool::setPassword);
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(MOST_CONNECTIONS);
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        // a database that is down must not keep the server from starting
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    private static void set(@Nullable String value, Consumer<String> property) {
        if (value != null) {
            property.accept(value);
        }
    }
}
