package io.strandline.catalog.jpa.server;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Previous;
import io.strandline.catalog.ApiKey.Role;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.jpa.Queries;
import io.strandline.catalog.lookup.KeyRegister;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads the table of keys. */
@Component
final class SqlKeyRegister implements KeyRegister {

    private static final String KEYS = "select id, name, role, jobs, secret, previous, previous_until, created_at,"
            + " created_by, rotated_at, expires_at from api_key";

    private final JdbcTemplate sql;

    /** Asks for the catalog because it is up to date by then. */
    SqlKeyRegister(JdbcTemplate sql, Catalog upToDate) {
        this.sql = sql;
    }

    @Override
    public Optional<ApiKey> key(String id) {
        return Queries.guarded(() -> sql.query(KEYS + " where id = ?", (row, number) -> key(row), id).stream()
                .findFirst());
    }

    @Override
    public List<ApiKey> keys() {
        return Queries.guarded(() -> sql.query(KEYS + " order by created_at desc, id", (row, number) -> key(row)));
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        String jobs = row.getString("jobs");
        String previous = row.getString("previous");
        Instant until = at(row, "previous_until");
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                jobs.isEmpty() ? List.of() : List.of(jobs.split(",")),
                row.getString("secret"),
                previous == null || until == null ? null : new Previous(previous, until),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                at(row, "rotated_at"),
                at(row, "expires_at"));
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
